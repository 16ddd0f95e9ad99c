// The clock, the slider with the hourly profile behind it, and the play button.

const SPEEDS = [60, 300, 900, 3600];

function startPlayer() {
  const slider = byId('time');
  slider.max = model.clock.horizon;
  slider.addEventListener('input', () => goTo(Number(slider.value)));
  byId('play').addEventListener('click', togglePlay);
  byId('speed').addEventListener('change', (event) => change({ speed: Number(event.target.value) }));

  const drawHours = onceAFrame(drawHourly);
  watch(['time'], showTime);
  watch(['playing', 'lang'], showPlay);
  watch(['lang', 'theme'], drawHours);
  watch(['lang'], () => {
    showSpeeds();
    showTime();
  });
  new ResizeObserver(drawHours).observe(byId('hours'));
  showSpeeds();
  showPlay();
  showTime();
}

function togglePlay() {
  if (state.playing) return change({ playing: false });
  if (state.time >= model.clock.horizon) goTo(0);
  change({ playing: true });
  let before = performance.now();
  const step = (now) => {
    if (!state.playing) return;
    goTo(state.time + ((now - before) / 1000) * state.speed);
    before = now;
    if (state.time >= model.clock.horizon) change({ playing: false });
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return undefined;
}

function showTime() {
  const slider = byId('time');
  slider.value = state.time;
  slider.setAttribute('aria-valuetext', `${date(state.time)} ${hourMinute(state.time)}`);
  byId('clock').textContent = `${date(state.time)} ${hourMinute(state.time)}`;
}

function showPlay() {
  byId('play-shape').setAttribute('d', state.playing ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5v11l9-5.5z');
  byId('play').setAttribute('aria-label', t(state.playing ? 'pause' : 'play'));
  byId('play').title = t(state.playing ? 'pause' : 'play');
}

function showSpeeds() {
  const words = (s) => (s === 3600 ? t('speed_hour') : t('speed_of', s / 60));
  byId('speed').replaceChildren(...SPEEDS.map((s) => el('option', { value: s, selected: s === state.speed }, words(s))));
}

/** The share protected in each hour, as a profile behind the slider, with the days. */
function drawHourly() {
  const canvas = byId('hours');
  const { width, height, ratio } = fitCanvas(canvas);
  const g = canvas.getContext('2d');
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, width, height);
  const { hourly } = model.figures;
  const x = (at) => (at / model.clock.horizon) * width;
  const foot = height - 14;
  drawProfile(g, hourly, x, 2, foot);
  g.font = `11px ${FONT}`;
  g.textBaseline = 'alphabetic';
  for (const [from, to] of model.clock.days) {
    g.fillStyle = ink('line-strong');
    if (from > 0) g.fillRect(Math.round(x(from)), 2, 1, height - 4);
    const room = x(to) - x(from);
    const label = room > 76 ? date(from) : weekday(from);
    g.fillStyle = ink('muted');
    if (g.measureText(label).width < room - 4) g.fillText(label, x(from) + 4, height - 2);
  }
}

/** Hourly shares as steps between `top` (all) and `foot` (the floor shown). */
function drawProfile(g, hourly, x, top, foot) {
  if (hourly.length === 0) return;
  const floor = profileFloor(hourly);
  const y = (share) => foot - (Math.max(0.02, share - floor) / (1 - floor)) * (foot - top);
  drawSteps(g, hourly, x, y, foot, ink('kept-soft'));
}

/** Where the profile's axis begins: a round share below all but the lowest hours. */
function profileFloor(hourly) {
  const low = [...hourly].sort((a, b) => a - b)[Math.floor(hourly.length / 20)];
  return Math.max(0, Math.min(0.9, Math.floor(low * 10) / 10 - 0.1));
}
