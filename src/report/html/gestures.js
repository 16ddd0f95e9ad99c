// Drag, wheel and pinch on an element, told as movements: the map and the timeline share it.

/**
 * Calls `on.tap(x, y)`, `on.drag(dx, dy, event)`, `on.zoom(factor, x, y)` and `on.hover(x, y)`
 * (null when the pointer leaves), in CSS pixels of `node`. `on.start(x, y)` may return false
 * to leave a touch to the browser's own scrolling.
 */
function listenGestures(node, on) {
  const fingers = new Map();
  let moved = 0;

  const place = (event) => {
    const box = node.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  node.addEventListener('pointerdown', (event) => {
    if (event.button > 0) return;
    const at = place(event);
    if (fingers.size === 0) moved = 0;
    fingers.set(event.pointerId, at);
    node.setPointerCapture(event.pointerId);
    on.start?.(at.x, at.y);
  });

  node.addEventListener('pointermove', (event) => {
    const at = place(event);
    const last = fingers.get(event.pointerId);
    if (!last) return on.hover?.(at.x, at.y, event);
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, p]) => p);
    fingers.set(event.pointerId, at);
    moved += Math.hypot(at.x - last.x, at.y - last.y);
    if (moved < 4) return undefined;
    if (others.length > 0) return pinch(last, at, others[0]);
    return on.drag?.(at.x - last.x, at.y - last.y, at.x, at.y);
  });

  function pinch(last, at, other) {
    const before = Math.hypot(last.x - other.x, last.y - other.y);
    const after = Math.hypot(at.x - other.x, at.y - other.y);
    on.drag?.((at.x - last.x) / 2, (at.y - last.y) / 2, at.x, at.y);
    if (before > 10) on.zoom?.(after / before, (at.x + other.x) / 2, (at.y + other.y) / 2);
  }

  const lift = (event) => {
    const at = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (at && event.type === 'pointerup' && moved < 4 && fingers.size === 0) on.tap?.(at.x, at.y);
    if (fingers.size === 0) on.end?.();
  };
  node.addEventListener('pointerup', lift);
  node.addEventListener('pointercancel', lift);
  node.addEventListener('pointerleave', () => on.hover?.(null, null));
  node.addEventListener('wheel', (event) => {
    const at = place(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    on.wheel?.(event.deltaX * lines, event.deltaY * lines, at.x, at.y, event);
  }, { passive: false });
}
