/* The one global of the portal's scripts: kc.attach and kc.scan. Every other file adds a behaviour to it.
   Loaded first; each file is a module, so its names stay its own. */
const behaviours = [];

function start(behaviour, root) {
  const found = [...root.querySelectorAll(behaviour.selector)];
  if (root.matches?.(behaviour.selector)) found.unshift(root);
  for (const element of found) {
    if (behaviour.started.has(element)) continue;
    behaviour.started.add(element);
    behaviour.run(element);
  }
}

window.kc = {
  /* Run run(element) once for every element that matches, now and in whatever htmx or a new row brings later. */
  attach(selector, run) {
    const behaviour = { selector, run, started: new WeakSet() };
    behaviours.push(behaviour);
    start(behaviour, document);
  },

  /* Look for elements of every behaviour under root: call it after adding elements by hand. */
  scan(root) {
    for (const behaviour of behaviours) start(behaviour, root);
  },
};

document.addEventListener("htmx:load", (event) => kc.scan(event.target));
