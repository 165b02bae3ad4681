// Live parts: an element with data-live="/path" shows what that path sends, whenever it sends something. Without this script
// the page shows how things were when it was loaded. Nothing else of the pages needs a script.
(function () {
  "use strict";
  document.querySelectorAll("[data-live]").forEach(listen);
  function listen(part) {
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
      if (source.readyState !== EventSource.CLOSED) {
        tell("off");
      } else if (part.hasAttribute("data-live-stays")) {
        // A hub that starts anew may refuse once; this page can't be had again.
        tell("off");
        setTimeout(listen, 2000, part);
      } else {
        tell("ended");
      }
    });
  }
})();
