/* Totals of a table of amounts while it is typed. <table data-kc-sums="NAME"> with inputs data-kc-col="COL":
     [data-kc-row-total] in a row, [data-kc-total="COL"] in the table, [data-kc-grand="NAME"] anywhere;
     [data-kc-words="NAME"] with data-kc-words-url gets the grand total in words, as plain text from ?amount=N;
     svg[data-kc-shares="NAME"] is redrawn from its rects' data-kc-share="COL" (see _components/share_bar.html).
   A total over an amount that cannot be read is "?". Rows that are hidden (removed) do not count. */
const PAUSE = 400;
const waiting = new Map();

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function show(elements, amount) {
  for (const element of elements) element.textContent = amount === null ? "?" : kc.money.write(amount);
}

function sum(inputs) {
  const amounts = inputs.map((input) => kc.money.read(input.value));
  return amounts.includes(null) ? null : amounts.reduce((total, amount) => total + amount, 0n);
}

/* Hundredths of a percent that add up to exactly 10000: largest remainder, the earlier wins a tie. */
function shares(amounts) {
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  if (total === 0n) return amounts.map(() => 0);
  const parts = amounts.map((amount, at) => {
    const scaled = amount * 10000n;
    return { at, units: Number(scaled / total), rest: scaled % total };
  });
  const left = 10000 - parts.reduce((sum, part) => sum + part.units, 0);
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest < b.rest ? 1 : -1));
  for (const part of byRest.slice(0, left)) part.units += 1;
  return parts.map((part) => part.units);
}

function drawShares(name, columns) {
  for (const bar of all(`svg[data-kc-shares="${name}"]`)) {
    const rects = all("rect[data-kc-share]", bar);
    const amounts = rects.map((rect) => columns.get(rect.dataset.kcShare) ?? 0n);
    let offset = 0;
    const texts = shares(amounts).map((units, at) => {
      rects[at].setAttribute("x", `${offset / 100}%`);
      rects[at].setAttribute("width", `${units / 100}%`);
      offset += units;
      const text = `${(units / 100).toFixed(2).replace(".", ",")}%`;
      all(`[data-kc-share-text="${name}:${rects[at].dataset.kcShare}"]`).forEach((key) => (key.textContent = text));
      return `${rects[at].dataset.label} ${text}`;
    });
    bar.setAttribute("aria-label", texts.join(", "));
  }
}

function sayWords(name, amount) {
  clearTimeout(waiting.get(name));
  for (const place of all(`[data-kc-words="${name}"]`)) {
    if (amount === null) place.textContent = "";
    else waiting.set(name, setTimeout(() => fetchWords(place, amount), PAUSE));
  }
}

async function fetchWords(place, amount) {
  const response = await fetch(`${place.dataset.kcWordsUrl}?amount=${amount}`).catch(() => null);
  place.textContent = response?.ok && !response.redirected ? await response.text() : "";
}

function recount(table) {
  const name = table.dataset.kcSums;
  const inputs = all("input[data-kc-col]", table).filter((input) => !input.closest("tr[hidden]"));
  const columns = new Map();
  for (const { dataset } of all("[data-kc-total], [data-kc-col]", table)) {
    const column = dataset.kcTotal ?? dataset.kcCol;
    if (columns.has(column)) continue;
    columns.set(column, sum(inputs.filter((input) => input.dataset.kcCol === column)));
    show(all(`[data-kc-total="${column}"]`, table), columns.get(column));
  }
  for (const cell of all("[data-kc-row-total]", table)) {
    show([cell], sum(inputs.filter((input) => cell.closest("tr").contains(input))));
  }
  const grand = sum(inputs);
  show(all(`[data-kc-grand="${name}"]`), grand);
  sayWords(name, grand);
  if (grand !== null) drawShares(name, columns);
}

function recountAround({ target }) {
  const table = target.closest("[data-kc-sums]") ?? target.querySelector("[data-kc-sums]");
  if (table) recount(table);
}
document.addEventListener("input", recountAround);
document.addEventListener("kc:rows", recountAround);
kc.attach("[data-kc-sums]", recount);
