// What pages need beyond HTML: theme switch, loading after 300 ms, a word when a request fails. No eval, no inline styles.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function stored() {
    try { return localStorage.getItem("theme"); } catch (error) { return null; }
  }
  function theme() {
    return root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }
  function setTheme(name) {
    root.dataset.theme = name;
    try { localStorage.setItem("theme", name); } catch (error) { /* private window: the cookie is enough */ }
    // the server reads the cookie, so that the next page starts in the right colours
    document.cookie = "theme=" + name + ";path=/;max-age=31536000;samesite=lax" + (location.protocol === "https:" ? ";secure" : "");
  }
  function nameSwitch(button) {
    button.setAttribute("aria-label", theme() === "dark" ? button.dataset.wordLight : button.dataset.wordDark);
  }
  if (!root.dataset.theme && stored()) { setTheme(stored()); }
  document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
    nameSwitch(button);
    button.addEventListener("click", function () {
      setTheme(theme() === "dark" ? "light" : "dark");
      nameSwitch(button);
    });
  });

  // a page left open shows nobody any more once its session has lapsed; asking the server would keep the session alive
  var idle = Number(document.body.dataset.idleS) * 1000, asked = Date.now();
  document.addEventListener("htmx:afterRequest", function () { asked = Date.now(); });
  function hide() {
    var left = document.getElementById("left-open");
    if (!left || Date.now() - asked < idle) { return; }
    document.title = "linli";
    document.getElementById("main").replaceChildren(left.content.cloneNode(true));
    left.remove();
  }
  if (idle) {
    setInterval(hide, 15000);
    ["pageshow", "focus", "visibilitychange"].forEach(function (name) { addEventListener(name, hide); });
  }

  // a list that folds into cards loses its table roles with its display; say them outright
  function roles(scope) {
    scope.querySelectorAll("table.cards").forEach(function (table) {
      table.setAttribute("role", "table");
      table.querySelectorAll("thead, tbody").forEach(function (part) { part.setAttribute("role", "rowgroup"); });
      table.querySelectorAll("tr").forEach(function (row) { row.setAttribute("role", "row"); });
      table.querySelectorAll("td").forEach(function (cell) { cell.setAttribute("role", "cell"); });
      table.querySelectorAll("th").forEach(function (cell) { cell.setAttribute("role", cell.scope === "row" ? "rowheader" : "columnheader"); });
    });
  }
  roles(document);

  // a region is a stop for the Tab key only while it has something to scroll to
  function stops() {
    document.querySelectorAll(".scroll").forEach(function (region) {
      var scrolls = region.scrollWidth > region.clientWidth + 1 || region.scrollHeight > region.clientHeight + 1;
      if (scrolls && getComputedStyle(region).overflowX !== "visible") { region.setAttribute("tabindex", "0"); } else { region.removeAttribute("tabindex"); }
    });
  }
  stops();
  window.addEventListener("resize", stops);
  document.addEventListener("toggle", stops, true);

  // a row of tabs too long for a phone shows the current one
  function inSight() {
    document.querySelectorAll(".tabs, .segments, .nav").forEach(function (row) {
      var current = row.querySelector("[aria-current]");
      if (!current) { return; }
      var over = current.getBoundingClientRect().right - row.getBoundingClientRect().right;
      if (over > 0) { row.scrollLeft += over + 16; }
    });
  }
  inSight();

  // the summary of errors takes the focus, so that it is read and seen first
  var summary = document.querySelector("[data-focus]");
  if (summary) { summary.focus(); }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
  });
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-autosubmit") && form.requestSubmit) { form.requestSubmit(); }
  });

  var timers = new WeakMap();
  function stopWaiting(target) {
    clearTimeout(timers.get(target));
    target.classList.remove("is-loading");
    target.removeAttribute("aria-busy");
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    var target = event.detail.target;
    if (target.classList.contains("progress")) { return; } // polled every second: it has its own bar
    timers.set(target, setTimeout(function () {
      target.classList.add("is-loading");
      target.setAttribute("aria-busy", "true");
    }, 300));
  });
  document.addEventListener("htmx:afterRequest", function (event) { stopWaiting(event.detail.target); });
  document.addEventListener("htmx:afterSwap", function (event) {
    stopWaiting(event.detail.target);
    roles(document);
    stops();
    inSight();
  });
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () {
      var region = document.getElementById("messages");
      if (!region) { return; }
      var notice = document.createElement("div");
      notice.className = "notice tone-overdue";
      notice.textContent = document.body.dataset.wordFailed;
      region.replaceChildren(notice);
    });
  });
})();
