/* A <select data-kc-select> that can be searched by typing, with or without diacritics ("nghe an" finds "Nghệ An").
   data-kc-select-url="…": options are asked from ?q=…, answered {"results": [{"value": 1, "text": "…", "note": "…"}]}. */
function option(data, escape) {
  const note = data.note ? `<span class="under">${escape(data.note)}</span>` : "";
  return `<div>${escape(data.text)}${note}</div>`;
}

/* Settings for options from the server: it has searched already, so what it found is shown as it came. */
function remote(url) {
  return {
    async load(query, done) {
      const response = await fetch(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`).catch(() => null);
      this.clearOptions();
      done(response?.ok && !response.redirected ? (await response.json()).results : []);
    },
    shouldLoad: (query) => query.length > 1,
    score: () => () => 1,
  };
}

function plugins(select) {
  if (select.multiple) return { remove_button: { title: "Bỏ" } };
  return select.required ? {} : { clear_button: { title: "Xóa lựa chọn" } };
}

kc.attach("select[data-kc-select]", (select) => {
  const url = select.dataset.kcSelectUrl;
  const isInScroll = select.closest(".scroll");
  const control = new TomSelect(select, {
    plugins: plugins(select),
    maxOptions: null,
    refreshThrottle: 0, // filtered at every key: Enter must never take the first of a list that is about to change
    searchField: ["text"],
    dropdownParent: isInScroll ? "body" : null,
    render: {
      option,
      no_results: () => '<div class="no-results">Không có mục nào khớp.</div>',
      loading: () => '<div class="no-results">Đang tìm…</div>',
    },
    ...(url && remote(url)),
  });
  // A scrolling box would cut the list off; the library can place it only by the body's measure, but it belongs in main.
  if (isInScroll) document.querySelector("main").append(control.dropdown);
  select.setAttribute("aria-hidden", "true");
  control.wrapper.querySelector(".clear-button")?.setAttribute("tabindex", "-1"); // Tab goes on to the next field
  for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) {
    if (select.hasAttribute(name)) control.control_input.setAttribute(name, select.getAttribute(name));
  }
});
