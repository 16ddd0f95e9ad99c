// The map: what part of the world is seen, and who draws on it.
//
// Two canvases lie on each other. The lower one (roads, zones) is drawn when the view
// changes; the upper one (routes, targets, units, names) whenever anything moves.

class MapView {
  constructor() {
    this.base = byId('map-base');
    this.top = byId('map-top');
    this.roads = buildRoads();
    this.extent = worldExtent();
    this.x = 0;
    this.y = 0;
    this.scale = 0;
    this.covered = [];
    this.drawnIn = 0;
    this.redraw = onceAFrame(() => this.draw());
    this.redrawTop = onceAFrame(() => this.drawTop());
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.top);
    watch(['theme'], () => this.redraw());
    watch(['layers'], () => this.redraw());
    watch(['time', 'lang', 'chosen', 'hiddenTiers', 'hiddenUnits', 'routes'], () => this.redrawTop());
    watch(['chosen'], () => this.showChosen());
    watch(['time'], () => this.keepUp());
  }

  resize() {
    const { width, height } = this.top.getBoundingClientRect();
    if (width === 0) return;
    const first = !this.scale;
    Object.assign(this, { width, height });
    this.covered = this.controls();
    if (first) this.fit();
    else this.redraw();
  }

  /** What the buttons and legends on the map cover: no names go there. */
  controls() {
    const box = this.top.getBoundingClientRect();
    const nodes = document.querySelectorAll('.map > :is(.zoom, .layers, .legend, .credit)');
    return [...nodes].map((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return [left - box.left, top - box.top, right - box.left, bottom - box.top];
    });
  }

  /** Shows everything that matters. */
  fit() {
    const [x0, y0, x1, y1] = this.extent;
    const pad = 20;
    const foot = this.width > 700 ? 44 : pad;
    const high = Math.max(50, this.height - pad - foot);
    this.scale = Math.min((this.width - 2 * pad) / (x1 - x0), high / (y1 - y0));
    this.x = (x0 + x1) / 2;
    this.y = (y0 + y1) / 2 - (foot - pad) / 2 / this.scale;
    this.smallest = this.scale / 4;
    this.redraw();
  }

  /** World point to CSS pixels. */
  toScreen([x, y]) {
    return [(x - this.x) * this.scale + this.width / 2, (this.y - y) * this.scale + this.height / 2];
  }

  pan(dx, dy) {
    const [x0, y0, x1, y1] = this.extent;
    this.x = Math.min(Math.max(this.x - dx / this.scale, x0), x1);
    this.y = Math.min(Math.max(this.y + dy / this.scale, y0), y1);
    change({ follow: false });
    this.redraw();
  }

  /** Zooms so that the point under (x, y) stays there. */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const scale = Math.min(Math.max(this.scale * factor, this.smallest), 0.6);
    const wx = this.x + (x - this.width / 2) / this.scale;
    const wy = this.y - (y - this.height / 2) / this.scale;
    this.x = wx - (x - this.width / 2) / scale;
    this.y = wy + (y - this.height / 2) / scale;
    this.scale = scale;
    this.redraw();
  }

  listen() {
    listenGestures(this.top, {
      drag: (dx, dy) => this.pan(dx, dy),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      wheel: (dx, dy, x, y, event) => {
        event.preventDefault();
        this.zoom(Math.exp(-dy * (event.ctrlKey ? 0.01 : 0.0018)), x, y);
      },
      tap: (x, y) => {
        const hit = hitMap(this, x, y);
        choose(hit && { type: hit.type, index: hit.index });
      },
      hover: (x, y) => this.hover(x, y),
    });
    byId('zoom-in').addEventListener('click', () => this.zoom(1.5));
    byId('zoom-out').addEventListener('click', () => this.zoom(1 / 1.5));
    byId('zoom-fit').addEventListener('click', () => this.fit());
    this.top.addEventListener('keydown', (event) => this.key(event));
  }

  key(event) {
    const step = 80;
    const act = {
      ArrowLeft: () => this.pan(step, 0),
      ArrowRight: () => this.pan(-step, 0),
      ArrowUp: () => this.pan(0, step),
      ArrowDown: () => this.pan(0, -step),
      '+': () => this.zoom(1.4),
      '=': () => this.zoom(1.4),
      '-': () => this.zoom(1 / 1.4),
      0: () => this.fit(),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  hover(x, y) {
    const hit = x == null ? null : hitMap(this, x, y);
    this.top.style.cursor = hit ? 'pointer' : '';
    const tip = byId('map-tip');
    tip.hidden = !hit;
    if (!hit) return;
    const thing = hit.type === 'unit' ? model.units[hit.index] : hit.type === 'base' ? model.bases[hit.index] : model.targets[hit.index];
    const line = hit.type === 'unit' ? doing(thing, state.time) : hit.type === 'base' ? t('base') : standingText(thing, state.time);
    tip.replaceChildren(el('strong', {}, nameOf(thing)), el('span', {}, line));
    placeTip(tip, x, y, this.width, this.height);
  }

  /** Brings what was chosen into sight. */
  showChosen() {
    if (!state.chosen || !this.scale || !['unit', 'target'].includes(state.chosen.type)) return;
    const { type, index } = state.chosen;
    const place = type === 'unit' ? model.whereabouts(model.units[index], state.time).place : model.targets[index].at;
    const [x, y] = this.toScreen(place);
    const margin = 60;
    if (x > margin && y > margin && x < this.width - margin && y < this.height - margin) return;
    [this.x, this.y] = place;
    this.redraw();
  }

  /** Keeps a followed unit in the middle. */
  keepUp() {
    if (!state.follow || state.chosen?.type !== 'unit') return;
    [this.x, this.y] = model.whereabouts(model.units[state.chosen.index], state.time).place;
    this.redraw();
  }

  draw() {
    if (!this.scale) return;
    drawBase(this);
    this.drawTop();
    this.drawScale();
  }

  drawTop() {
    if (this.scale) drawTop(this);
  }

  drawScale() {
    const wanted = 90 / this.scale / 10;
    const power = 10 ** Math.floor(Math.log10(wanted));
    const metres = [5, 2, 1].map((n) => n * power).find((n) => n <= wanted);
    byId('scale').style.width = `${metres * 10 * this.scale}px`;
    byId('scale').textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  }
}

/** The box of everything that matters: targets and bases, or all roads without any. */
function worldExtent() {
  const points = [...model.targets.flatMap((target) => target.line), ...model.bases.map((base) => base.at)];
  if (points.length < 2) return [0, 0, Math.max(1, model.map.size[0]), Math.max(1, model.map.size[1])];
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  const pad = 200;
  return [Math.min(...xs) - pad, Math.min(...ys) - pad, Math.max(...xs) + pad, Math.max(...ys) + pad];
}

/** Puts a tip beside the pointer, inside its box. */
function placeTip(tip, x, y, width, height) {
  const right = x + 14 + tip.offsetWidth > width;
  const low = y + 14 + tip.offsetHeight > height;
  tip.style.left = `${right ? Math.max(0, x - 10 - tip.offsetWidth) : x + 14}px`;
  tip.style.top = `${low ? Math.max(0, y - 10 - tip.offsetHeight) : y + 14}px`;
}
