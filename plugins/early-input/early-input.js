/*
 * Runs in the head of every page, before anything can be clicked. A page is readable long before its code is there,
 * and a click in between would do nothing. The last one on a button is kept, and src/theme/Root.tsx carries it out.
 */
/* global window, addEventListener */
(() => {
  const early = (window.earlyInput = { isLive: false, clicked: null, isPressed: false });
  addEventListener(
    'pointerdown',
    function () {
      early.isPressed = true;
    },
    true,
  );
  addEventListener(
    'pointerup',
    function () {
      early.isPressed = false;
    },
    true,
  );
  addEventListener(
    'pointercancel',
    function () {
      early.isPressed = false;
    },
    true,
  );
  // When the event has come back up: React may have come to life while it went down, and then has seen it itself.
  addEventListener('click', function (event) {
    if (!early.isLive && event.target.closest) early.clicked = event.target.closest('button');
  });
})();
