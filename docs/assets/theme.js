// What the theme's script expects in the page before it runs: in the theme this is an
// inline script that names localStorage. Here it is a file (so a strict
// Content-Security-Policy holds) and it keeps nothing (so nothing is stored).
(function () {
  "use strict";
  window.__md_scope = new URL("..", document.currentScript.src);
  window.__md_hash = function () { return 0; };
  window.__md_get = function () { return null; };
  window.__md_set = function () {};

  // The theme opens search and turns pages on single letters (f, s, /, p, n, ...), which
  // cannot be switched off and gets in the way of speech input (WCAG 2.1.4). Keep them from it.
  var keys = ["f", "s", "/", "p", "n", ",", "."];
  window.addEventListener("keydown", function (event) {
    var held = event.ctrlKey || event.metaKey || event.altKey;
    var typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (!held && !typing && keys.indexOf(event.key) >= 0) event.stopImmediatePropagation();
  }, true);

  // The small menu closes with Escape and gives the focus back.
  window.addEventListener("keydown", function (event) {
    var menu = document.querySelector("details.cap-menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
