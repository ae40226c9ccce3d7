/* Tabs of guidance pages, after the WAI-ARIA pattern, in the place of links to two headed sections. */
(function () {
  "use strict";

  function name(panel) {
    return panel.querySelector(".tabs__title");
  }

  function attach(root) {
    var panels = Array.prototype.slice.call(root.querySelectorAll(":scope > [data-tab]"));
    var list = document.createElement("div");
    list.className = "tabs__list";
    list.setAttribute("role", "tablist");
    var tabs = panels.map(function (panel) {
      var tab = document.createElement("button");
      tab.type = "button";
      tab.className = "tabs__tab";
      tab.id = "tab-" + panel.id;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      name(panel).childNodes.forEach(function (node) { tab.appendChild(node.cloneNode(true)); });
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      list.appendChild(tab);
      return tab;
    });

    function show(at, focus) {
      tabs.forEach(function (tab, number) {
        var on = number === at;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
        panels[number].hidden = !on;
        if (on && focus) tab.focus();
      });
    }

    // An address that names a panel or something inside one opens that panel.
    function fromAddress() {
      var id = decodeURIComponent(location.hash.slice(1));
      var target = id && document.getElementById(id);
      var at = panels.findIndex(function (panel) { return target && panel.contains(target); });
      if (at >= 0) show(at);
      return at >= 0;
    }

    tabs.forEach(function (tab, at) {
      tab.addEventListener("click", function () {
        show(at);
        // So that the address can be sent on; some browsers forbid it on file://.
        try { history.replaceState(history.state, "", "#" + panels[at].id); } catch (error) { /* works all the same */ }
      });
      tab.addEventListener("keydown", function (event) {
        var forward = getComputedStyle(root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        var back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
        var to = { Home: 0, End: tabs.length - 1 }[event.key];
        if (event.key === forward) to = (at + 1) % tabs.length;
        if (event.key === back) to = (at + tabs.length - 1) % tabs.length;
        if (to === undefined) return;
        event.preventDefault();
        show(to, true);
      });
    });
    root.querySelector(":scope > [data-tabs-ways]").replaceWith(list);
    root.classList.add("is-tabbed");
    if (!fromAddress()) show(0);
    window.addEventListener("hashchange", fromAddress);
  }

  document.querySelectorAll("[data-tabs]").forEach(attach);
})();
