// Live parts: an element with data-live="/path" shows what that path sends, whenever it sends something. Without this script
// the page shows how things were when it was loaded. Nothing else of the pages needs a script.
(function () {
  "use strict";
  document.querySelectorAll("[data-live]").forEach(function (part) {
    var state = document.querySelector("[data-live-state]");
    var source = new EventSource(part.getAttribute("data-live"));
    function tell(name) {
      if (state) {
        state.textContent = state.getAttribute("data-" + name) || "";
      }
    }
    source.addEventListener("part", function (event) {
      part.innerHTML = event.data;
      tell("on");
    });
    source.addEventListener("end", function () {
      source.close();
      tell("ended");
      // Nobody is signed in here any more: what the page shows is not for whoever comes by.
      location.replace("/sign-in");
    });
    source.addEventListener("error", function () {
      tell(source.readyState === EventSource.CLOSED ? "ended" : "off");
    });
  });
})();
