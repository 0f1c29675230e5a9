// The viewer of the API's schema leaves parts of itself outside its main part, and skips a level of headings.
(() => {
  "use strict";
  const viewer = document.getElementById("swagger-ui");
  const put = (element, name, value) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };
  const mend = () => {
    viewer.querySelectorAll(".information-container, .scheme-container").forEach((part) => {
      put(part, "role", "region");
      put(part, "aria-label", part.matches(".scheme-container") ? "Servers" : "About the API");
    });
    viewer.querySelectorAll("h1").forEach((heading) => put(heading, "aria-level", "2"));
    viewer.querySelectorAll("h3.opblock-tag").forEach((heading) => put(heading, "aria-level", "2"));
    viewer.querySelectorAll("h4").forEach((heading) => put(heading, "aria-level", "3"));
    viewer.querySelectorAll("#servers").forEach((choice) => put(choice, "aria-label", "Server"));
    viewer.querySelectorAll(".close-modal").forEach((button) => put(button, "aria-label", "Close"));
  };
  new MutationObserver(mend).observe(viewer, { childList: true, subtree: true });
  mend();
})();
