// Charts of the horizon hour by hour, as the overview shows them.

/** A chart that `paint(g, x, top, foot, width)` fills; a click goes to that hour. */
function hourChart(paint) {
  const canvas = el('canvas', { class: 'hourly', 'aria-hidden': 'true' });
  canvas.addEventListener('click', (event) => {
    const box = canvas.getBoundingClientRect();
    goTo(((event.clientX - box.left) / box.width) * model.clock.horizon);
  });
  canvas.redraw = () => drawHourChart(canvas, paint);
  requestAnimationFrame(canvas.redraw);
  return canvas;
}

/** Brings the charts in sight up to the present time. */
function redrawHourCharts() {
  for (const canvas of document.querySelectorAll('canvas.hourly')) canvas.redraw();
}

function drawHourChart(canvas, paint) {
  if (!canvas.isConnected) return;
  const { width, height, ratio } = fitCanvas(canvas);
  const g = canvas.getContext('2d');
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, width, height);
  g.font = `10.5px ${FONT}`;
  g.textBaseline = 'alphabetic';
  const x = (at) => (at / model.clock.horizon) * width;
  const foot = height - 16;
  paint(g, x, 6, foot, width);
  for (const [from, to] of model.clock.days) {
    g.fillStyle = ink('line-strong');
    g.fillRect(Math.round(x(from)), foot, 1, 4);
    g.fillStyle = ink('muted');
    if (x(to) - x(from) > 26) g.fillText(weekday(from), x(from) + 4, height - 3);
  }
  g.fillStyle = ink('accent');
  g.fillRect(x(state.time) - 0.75, 2, 1.5, foot);
}

/** A line across the chart with what it stands for. */
function drawLevel(g, y, width, label) {
  g.fillStyle = ink('line');
  g.fillRect(0, Math.round(y), width, 1);
  g.fillStyle = ink('muted');
  g.fillText(label, 2, y + 11);
}

/** One value an hour as steps above `foot`; `y` gives the height of a value. */
function drawSteps(g, values, x, y, foot, colour) {
  g.fillStyle = colour;
  g.beginPath();
  g.moveTo(0, foot);
  values.forEach((value, h) => {
    const end = Math.min((h + 1) * 3600, model.clock.horizon);
    g.lineTo(x(h * 3600), y(value));
    g.lineTo(x(end), y(value));
  });
  g.lineTo(x(model.clock.horizon), foot);
  g.fill();
}
