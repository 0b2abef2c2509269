// Without this script the slides stand below one another; with it, arrow keys, space and clicks turn them.
(function () {
  "use strict";
  var root = document.documentElement, slides = document.querySelectorAll("section");
  var now = Math.min(Math.max(parseInt(location.hash.slice(1), 10) - 1 || 0, 0), slides.length - 1);
  function fit() {
    var scale = Math.min(window.innerWidth / 1280, window.innerHeight / 720);
    Array.prototype.forEach.call(slides, function (slide) {
      slide.style.transform = "scale(" + scale + ")";
      slide.style.left = (window.innerWidth - 1280 * scale) / 2 + "px";
      slide.style.top = (window.innerHeight - 720 * scale) / 2 + "px";
    });
  }
  function show(next) {
    now = Math.min(Math.max(next, 0), slides.length - 1);
    Array.prototype.forEach.call(slides, function (slide, place) { slide.classList.toggle("now", place === now); });
    slides[now].focus();
    history.replaceState(null, "", "#" + (now + 1));
  }
  root.classList.add("playing");
  window.addEventListener("resize", fit);
  document.addEventListener("keydown", function (event) {
    var steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
    if (event.key in steps) { event.preventDefault(); show(now + steps[event.key]); }
    if (event.key === "Home") { show(0); }
    if (event.key === "End") { show(slides.length - 1); }
    if (event.key === "Escape") { root.classList.toggle("playing"); }
  });
  document.addEventListener("click", function (event) { show(now + (event.clientX < window.innerWidth / 4 ? -1 : 1)); });
  fit();
  show(now);
}());
