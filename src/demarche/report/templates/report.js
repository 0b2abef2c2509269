// The page works without this script; it adds sorting, a filter, a theme and what opens for print.
(function () {
  "use strict";
  var root = document.documentElement;
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function value(cell) {
    var text = (cell.textContent || "").trim().replace(/−/g, "-").replace(/,/g, "");
    var number = parseFloat(text);
    return isNaN(number) ? text.toLowerCase() : number;
  }
  function sort(table, column, head) {
    var up = head.getAttribute("aria-sort") !== "ascending";
    each(table.tHead.rows[0].cells, function (cell) { cell.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (a, b) {
      var x = value(a.cells[column]), y = value(b.cells[column]);
      if (typeof x !== typeof y) { return typeof x === "number" ? -1 : 1; }
      return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1);
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }
  each(document.querySelectorAll("table.sortable"), function (table) {
    each(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, column, head); });
    });
  });
  var tools = document.getElementById("tools");
  if (tools) { tools.hidden = false; }
  var theme = document.getElementById("theme");
  if (theme) {
    theme.addEventListener("click", function () {
      var dark = root.dataset.theme ? root.dataset.theme === "dark"
        : window.matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
    });
  }
  var open = document.getElementById("open-all");
  if (open) {
    open.addEventListener("click", function () {
      var all = document.querySelectorAll("main details");
      var any = Array.prototype.some.call(all, function (one) { return !one.open; });
      each(all, function (one) { one.open = any; });
      open.textContent = any ? "Close all tables" : "Open all tables";
    });
  }
  var filter = document.getElementById("filter");
  if (filter) {
    filter.addEventListener("input", function () {
      var text = filter.value.toLowerCase(), shown = 0;
      each(document.querySelectorAll("#effects-table tbody tr"), function (row) {
        row.hidden = row.textContent.toLowerCase().indexOf(text) < 0;
        shown += row.hidden ? 0 : 1;
      });
      document.getElementById("filter-count").textContent = shown + " rows shown";
    });
  }
  function reveal() {
    var found = location.hash && document.getElementById(location.hash.slice(1));
    for (var node = found; node; node = node.parentElement) { if (node.tagName === "DETAILS") { node.open = true; } }
    if (found) { found.scrollIntoView(); }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
}());
