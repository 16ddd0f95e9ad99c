// The lists of units and targets, each line telling what happens at the present time.

function unitList() {
  return model.tiers.map((tier, index) => {
    const units = model.units.filter((unit) => unit.tier === index);
    if (units.length === 0) return null;
    return el('section', {}, el('h2', {}, tierIcon(index), nameOf(tier)), el('ul', { class: 'things' }, units.map(unitLine)));
  });
}

function unitLine(unit) {
  const eye = el('input', {
    type: 'checkbox',
    checked: !state.hiddenUnits.has(unit.index),
    'aria-label': `${t('show_on_map')}: ${nameOf(unit)}`,
    title: t('show_on_map'),
    onchange: (event) => {
      const hidden = new Set(state.hiddenUnits);
      if (event.target.checked) hidden.delete(unit.index);
      else hidden.add(unit.index);
      change({ hiddenUnits: hidden });
    },
  });
  const line = el('button', { type: 'button', class: 'thing', onclick: () => choose({ type: 'unit', index: unit.index }) },
    el('strong', {}, nameOf(unit)), el('span', { class: 'now', 'data-now-unit': unit.index }, doing(unit, state.time)));
  return el('li', {}, line, eye);
}

const SORTS = {
  worst: () => byWorst(),
  now: () => {
    const rank = { broken: 0, none: 2, kept: 1, visit: 3 };
    const key = (target) => {
      const { state: how, since } = model.standing(target, state.time);
      return rank[how] * 1e9 - (how === 'kept' ? since / target.standard * 1e6 : since ?? 0);
    };
    return [...model.targets].sort((a, b) => key(a) - key(b) || a.index - b.index);
  },
  name: () => [...model.targets].sort((a, b) => nameOf(a).localeCompare(nameOf(b), state.lang)),
  risk: () => [...model.targets].sort((a, b) => b.risk - a.risk || a.index - b.index),
};

function targetList() {
  const sort = el('label', { class: 'sort' }, t('sort'), ' ', el('select', { onchange: (event) => change({ sort: event.target.value }) },
    Object.keys(SORTS).map((key) => el('option', { value: key, selected: key === state.sort }, t(`sort_${key}`)))));
  return [sort, el('ul', { class: 'things' }, SORTS[state.sort]().map(targetLine))];
}

function targetLine(target) {
  const ratio = target.ratio == null ? '' : `${number(target.ratio, 2)} ×`;
  return el('li', {}, el('button', { type: 'button', class: 'thing target', onclick: () => choose({ type: 'target', index: target.index }) },
    icon(ICONS[target.icon] ?? ICONS.site), el('strong', {}, nameOf(target)),
    el('span', { class: target.ratio > 1 ? 'ratio over' : 'ratio', title: t('worst_wait') }, ratio),
    el('span', { class: 'now', 'data-now-target': target.index }, standingText(target, state.time))));
}

/** Brings the lines in sight up to the present time without building them anew. */
function refreshNow() {
  for (const node of document.querySelectorAll('[data-now-unit]')) {
    const text = doing(model.units[node.dataset.nowUnit], state.time);
    if (node.textContent !== text) node.textContent = text;
  }
  for (const node of document.querySelectorAll('[data-now-target]')) {
    const target = model.targets[node.dataset.nowTarget];
    const text = standingText(target, state.time);
    if (node.textContent !== text) node.textContent = text;
    node.classList.toggle('over', model.standing(target, state.time).state === 'broken');
  }
}
