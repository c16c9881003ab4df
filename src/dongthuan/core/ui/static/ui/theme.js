// Runs before the first paint, so that a kept choice of theme never flashes.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var kept = localStorage.getItem("dt-theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch (e) { /* storage may be forbidden; the system's theme then holds */ }
})();
