// Starts the page and joins its parts.

const model = new Model(JSON.parse(byId('data').textContent));

function start() {
  const horizon = model.clock.horizon;
  state.lang = remembered('lang', ['zh', 'en']) ?? model.lang;
  state.theme = remembered('theme', ['light', 'dark']) ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  state.time = firstMoment();
  state.from = Math.max(0, Math.min(state.time - 7200, horizon - 28800));
  state.to = Math.min(state.from + 28800, horizon);
  useTheme(state.theme);
  startRoster();
  startWords();
  startTools();
  startPlayer();
  startPanel();
  startSearch();
  startLayers();
  startPlaces();
  const map = new MapView();
  const timeline = new Timeline();
  startSpans(timeline);
  startGrip(timeline);
  startKeys();
  // Paper is white, whatever the screen shows.
  window.addEventListener('beforeprint', () => {
    useTheme('light');
    if (state.sheet === 'roster') fillRosterPaper();
    else fillPaper();
    map.draw();
  });
  window.addEventListener('afterprint', () => {
    useTheme(state.theme);
    map.draw();
  });
}

/** The page opens when most units are out on the first day, not at a bare midnight. */
function firstMoment() {
  let best = 0;
  for (let at = 0; at < Math.min(86400, model.clock.horizon); at += 1800) {
    if (model.onDuty(at + 1) > model.onDuty(best + 1)) best = at;
  }
  return Math.min(best + 7200, model.clock.horizon);
}

/** A choice kept from last time; pages opened from disk may not be allowed to keep any. */
function remembered(key, allowed) {
  try {
    const value = localStorage.getItem(`roundsman-${key}`);
    return allowed.includes(value) ? value : null;
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`roundsman-${key}`, value);
  } catch {
    // Not kept: the page works without.
  }
}

function startWords() {
  const show = () => {
    document.documentElement.lang = state.lang === 'zh' ? 'zh-CN' : 'en';
    putWords(document);
    const { clock, units, targets } = model;
    byId('plan-name').textContent = nameOf({ name: model.name, id: '' });
    byId('plan-span').textContent = t('plan_span', date(0), date(clock.horizon - 1), units.length, targets.length);
    byId('credit').textContent = model.map.attribution;
    document.title = `${nameOf({ name: model.name, id: '' })} – ${percent(model.figures.protected)}`;
    for (const lang of ['zh', 'en']) byId(`lang-${lang}`).setAttribute('aria-pressed', state.lang === lang);
    showHeadline();
    showTiles();
    showLegends();
  };
  watch(['lang'], show);
  show();
}

function startTools() {
  for (const lang of ['zh', 'en']) {
    byId(`lang-${lang}`).addEventListener('click', () => {
      remember('lang', lang);
      change({ lang });
    });
  }
  byId('theme').addEventListener('click', () => {
    const theme = state.theme === 'dark' ? 'light' : 'dark';
    remember('theme', theme);
    useTheme(theme);
    change({ theme });
  });
  byId('print').addEventListener('click', () => window.print());
}

function startSpans(timeline) {
  const spans = { 7200: 'span_2', 28800: 'span_8', 86400: 'span_24', [model.clock.horizon]: 'span_all' };
  const buttons = Object.entries(spans).map(([span, key]) =>
    el('button', { type: 'button', 'data-t': key, 'data-span': span, onclick: () => timeline.showSpan(Number(span)) }, t(key)));
  byId('spans').replaceChildren(...buttons);
  for (const rows of ['units', 'targets']) byId(`rows-${rows}`).addEventListener('click', () => change({ rows }));
  const show = () => {
    for (const button of buttons) button.setAttribute('aria-pressed', Math.abs(state.to - state.from - button.dataset.span) < 1);
    for (const rows of ['units', 'targets']) byId(`rows-${rows}`).setAttribute('aria-pressed', state.rows === rows);
  };
  watch(['from', 'to', 'rows'], show);
  show();
}

/** The border above the timeline can be dragged, or moved by keys. */
function startGrip() {
  const grip = byId('grip');
  const work = document.querySelector('.work');
  const set = (height) => work.style.setProperty('--timeline', `${Math.min(Math.max(height, 120), window.innerHeight * 0.7)}px`);
  const section = document.querySelector('.timeline');
  listenGestures(grip, { drag: (dx, dy) => set(section.offsetHeight - dy) });
  grip.addEventListener('keydown', (event) => {
    const step = { ArrowUp: 24, ArrowDown: -24 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    set(section.offsetHeight + step);
  });
}

function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onControl = /^(INPUT|SELECT|BUTTON|SUMMARY|TEXTAREA)$/.test(event.target.tagName);
    const step = event.shiftKey ? 3600 : 300;
    if (event.key === 'Escape') {
      byId('layers').open = false;
      choose(null);
    } else if (event.key === '/') byId('search').focus();
    else if (onControl && !(event.key === ' ' && event.target.type === 'range')) return;
    else if (event.key === ' ') togglePlay();
    else if (event.key === 'ArrowRight') goTo(state.time + step);
    else if (event.key === 'ArrowLeft') goTo(state.time - step);
    else return;
    event.preventDefault();
  });
}

start();
