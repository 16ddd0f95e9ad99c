// The timeline: what its rows are, what span is seen, and how one moves in it.

const RULER = 34;
const ROW = 24;

class Timeline {
  constructor() {
    this.canvas = byId('timeline');
    this.box = byId('rows');
    this.redraw = onceAFrame(() => this.draw());
    this.rows = [];
    this.sortRows();
    this.listen();
    new ResizeObserver(() => this.redraw()).observe(this.box);
    watch(['rows', 'lang'], () => this.sortRows());
    watch(['time'], () => this.keepCursor());
    watch(['time', 'from', 'to', 'theme', 'lang', 'rows', 'chosen', 'hiddenTiers', 'hiddenUnits'], () => this.redraw());
    watch(['chosen'], () => this.showChosen());
  }

  sortRows() {
    this.rows = state.rows === 'units'
      ? model.units.map((unit) => ({ type: 'unit', thing: unit }))
      : byWorst().map((target) => ({ type: 'target', thing: target }));
    byId('rows-height').style.height = `${RULER + this.rows.length * ROW + 4}px`;
    this.redraw();
  }

  get label() {
    return Math.min(190, Math.max(104, this.width * 0.17));
  }

  x(time) {
    return this.label + ((time - state.from) / (state.to - state.from)) * (this.width - this.label);
  }

  timeAt(x) {
    return state.from + ((x - this.label) / (this.width - this.label)) * (state.to - state.from);
  }

  listen() {
    let scrubbing = false;
    listenGestures(this.canvas, {
      start: (x, y) => {
        scrubbing = y < RULER && x > this.label;
        if (scrubbing) goTo(this.timeAt(x));
      },
      drag: (dx, dy, x) => {
        if (scrubbing) goTo(this.timeAt(x));
        else {
          this.pan(-dx);
          this.box.scrollTop -= dy;
        }
      },
      zoom: (factor, x) => this.zoom(factor, x),
      wheel: (dx, dy, x, y, event) => this.wheel(dx, dy, x, event),
      tap: (x, y) => this.tap(x, y),
      hover: (x, y) => this.hover(x, y),
    });
    this.box.addEventListener('scroll', () => this.redraw(), { passive: true });
    this.canvas.addEventListener('keydown', (event) => this.key(event));
  }

  wheel(dx, dy, x, event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(Math.exp(-dy * 0.005), x);
    } else if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) {
      event.preventDefault();
      this.pan(event.shiftKey && dx === 0 ? dy : dx);
    }
  }

  pan(dx) {
    const shift = (dx / (this.width - this.label)) * (state.to - state.from);
    this.show(state.from + shift, state.to + shift);
  }

  zoom(factor, x) {
    const at = x == null ? state.time : this.timeAt(Math.max(x, this.label));
    const span = Math.min(Math.max((state.to - state.from) / factor, 900), model.clock.horizon);
    const share = (at - state.from) / (state.to - state.from);
    this.show(at - share * span, at + (1 - share) * span);
  }

  /** Shows a span, pushed back into the horizon. */
  show(from, to) {
    const span = Math.min(to - from, model.clock.horizon);
    const start = Math.min(Math.max(from, 0), model.clock.horizon - span);
    change({ from: start, to: start + span });
  }

  /** Shows `span` seconds about the time. */
  showSpan(span) {
    this.show(state.time - span * 0.3, state.time + span * 0.7);
  }

  /** Turns the page when the time leaves what is seen. */
  keepCursor() {
    const span = state.to - state.from;
    if (state.time < state.from || state.time > state.to) this.show(state.time - span * 0.1, state.time + span * 0.9);
  }

  showChosen() {
    if (!state.chosen) return;
    const row = this.rows.findIndex(({ type, thing }) => type === state.chosen.type && thing.index === state.chosen.index);
    if (row < 0) return;
    const top = row * ROW;
    const seen = this.box.clientHeight - RULER;
    if (top < this.box.scrollTop || top + ROW > this.box.scrollTop + seen) this.box.scrollTop = top - seen / 2;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      '+': () => this.zoom(1.4),
      '=': () => this.zoom(1.4),
      '-': () => this.zoom(1 / 1.4),
      ArrowUp: () => { this.box.scrollTop -= ROW; },
      ArrowDown: () => { this.box.scrollTop += ROW; },
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  rowAt(y) {
    if (y < RULER) return null;
    return this.rows[Math.floor((y - RULER + this.box.scrollTop) / ROW)] ?? null;
  }

  tap(x, y) {
    const row = this.rowAt(y);
    if (x > this.label) goTo(this.timeAt(x));
    if (row) choose({ type: row.type, index: row.thing.index });
  }

  hover(x, y) {
    const tip = byId('timeline-tip');
    const row = x == null ? null : this.rowAt(y);
    tip.hidden = !row;
    this.canvas.style.cursor = x != null && y < RULER ? 'col-resize' : row ? 'pointer' : '';
    if (!row) return;
    const at = Math.min(Math.max(x > this.label ? this.timeAt(x) : state.time, 0), model.clock.horizon);
    const line = row.type === 'unit' ? doing(row.thing, at) : standingText(row.thing, at);
    tip.replaceChildren(el('strong', {}, nameOf(row.thing)), el('span', {}, `${dayTime(at)} · ${line}`));
    placeTip(tip, x, y + this.box.scrollTop, this.width, this.box.scrollTop + this.box.clientHeight);
  }

  draw() {
    this.canvas.style.height = `${this.box.clientHeight}px`;
    const { width, height, ratio } = fitCanvas(this.canvas);
    Object.assign(this, { width, height });
    if (width < 10) return;
    const g = this.canvas.getContext('2d');
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    const first = Math.floor(this.box.scrollTop / ROW);
    const last = Math.min(this.rows.length, first + Math.ceil(height / ROW) + 1);
    drawHours(g, this, height);
    for (let i = first; i < last; i++) drawRow(g, this, this.rows[i], RULER + i * ROW - this.box.scrollTop);
    drawRuler(g, this);
    drawCursor(g, this, height);
  }
}
