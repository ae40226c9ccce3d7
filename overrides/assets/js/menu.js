/* Menus made of <details>: close on Escape, on a click elsewhere and when the focus goes on. On narrow screens the filters are a sheet that
   begins closed, and the main menu, which scrolls sideways there, shows where one is. */
(function () {
  "use strict";
  var menus = document.querySelectorAll("[data-menu]");

  menus.forEach(function (menu) {
    menu.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  });
  document.addEventListener("click", function (event) {
    menus.forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    menus.forEach(function (menu) {
      if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    });
  });
  document.querySelectorAll("[data-sheet]").forEach(function (sheet) {
    function narrow() { return window.matchMedia("(max-width: 61.99rem)").matches; }
    function close() {
      sheet.open = false;
      sheet.querySelector("summary").focus();
    }
    if (narrow()) sheet.open = false;
    sheet.classList.add("is-sheet");
    sheet.querySelector("[data-sheet-done]").addEventListener("click", close);
    sheet.addEventListener("keydown", function (event) { if (event.key === "Escape" && narrow()) close(); });
    // What lies below the sheet can't be seen: whoever goes on to it closes the sheet.
    sheet.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !sheet.contains(event.relatedTarget) && narrow()) sheet.open = false;
    });
  });
  // Sideways only: an address may name a place further down, where the page has to stay.
  var main = document.querySelector(".header__nav > ul");
  function reveal(link) {
    var room = main.getBoundingClientRect();
    var place = link.getBoundingClientRect();
    main.scrollLeft += (place.left + place.right - room.left - room.right) / 2;
  }
  var here = main.querySelector("[aria-current]");
  if (here) reveal(here);
  main.addEventListener("focusin", function (event) { reveal(event.target); });
})();
