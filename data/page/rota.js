// The wide table: search and filters, one row a person.
const teams = [...new Set(D.people.map((p) => p.team))].filter((t) => t);

function shown() {
  const text = state.search.trim().toLowerCase();
  return D.people.map((_, p) => p).filter((p) => {
    const one = D.people[p];
    return (!text || one.name.toLowerCase().includes(text) || one.id.toLowerCase().includes(text))
      && (!state.team || one.team === state.team)
      && (!state.shift || D.cells[p].some((c) => D.words[c].shift === Number(state.shift)));
  });
}

// A cell has room for a letter or two: leave has a mark there, and its full word for who hears or prints the page.
const shortWord = (x) => (x.mark ? `<span aria-hidden="true">${esc(say(x.mark))}</span><span class="heard">${esc(say(x.text))}</span>` : esc(say(x.text)));

function rotaFrame() {
  const bar = `<div class="bar"><input type="search" id="search" placeholder="${esc(w('search'))}" aria-label="${esc(w('search'))}" value="${esc(state.search)}">
    <label>${w('team')} <select id="team">${option('', w('all'), state.team)}${teams.map((t) => option(t, t, state.team)).join('')}</select></label>
    <label>${w('shift')} <select id="shift">${option('', w('all'), state.shift)}${D.shifts.map((s, i) => option(String(i), `${s.code} ${s.times}`, state.shift)).join('')}</select></label>
    <span id="count" role="status" class="note"></span></div>`;
  const leave = D.words.filter((x) => x.mark).map((x) => `<li><b class="c-leave">${esc(say(x.mark))}</b>${esc(say(x.text))}</li>`).join('');
  const legend = D.shifts.map((s) => `<li><b class="c-${s.tone}">${esc(s.code)}</b>${esc(s.name)} ${esc(s.times)}${s.meal ? ` · ${w('meal')} ${s.meal} ${w('minutes')}${s.window ? ` (${s.window})` : ''}` : ''}</li>`).join('');
  el('view-rota').innerHTML = `${bar}<div class="scroll"><table id="rota"></table></div><ul class="legend">${legend}${leave}</ul><p class="note">${w('click')}</p>`;
  el('search').addEventListener('input', (e) => { state.search = e.target.value; rotaTable(); });
  for (const id of ['team', 'shift']) el(id).addEventListener('change', (e) => { state[id] = e.target.value; rotaTable(); });
  el('rota').addEventListener('click', (e) => {
    const at = e.target.closest('[data-p],[data-d]');
    if (!at) return;
    if (at.dataset.p !== undefined) go('person', Number(at.dataset.p)); else go('day', Number(at.dataset.d));
  });
  el('rota').addEventListener('keydown', moveInTable);
}

function rotaTable() {
  const rows = shown();
  const days = D.days.map((day, d) => `<th scope="col" class="${day.tone}"><button type="button" data-d="${d}" title="${esc(head(d))}">${Number(day.date.slice(8))}<br><small>${WEEKDAYS[state.lang][day.weekday]}</small></button></th>`).join('');
  const body = rows.map((p) => {
    const one = D.people[p], h = D.hours[p];
    const cells = D.cells[p].map((c, d) => { const x = D.words[c]; return `<td class="c-${x.tone}${state.shift && x.shift === Number(state.shift) ? ' hit' : ''}" data-p="${p}"${x.mark ? ` title="${esc(say(x.text))}"` : ''}>${shortWord(x)}</td>`; }).join('');
    return `<tr><th scope="row"><button type="button" data-p="${p}" title="${esc(`${one.id} ${one.name} ${one.team}`)}">${esc(one.name)}<small class="wide"> ${esc(one.id)}</small></button></th>${cells}<td class="num">${h.worked}</td><td class="num">${hours(h.paid)}</td><td class="num${h.cap !== null && h.left < 0 ? ' short' : ''}">${hours(h.ot)}</td></tr>`;
  }).join('');
  const work = D.days.map((_, d) => rows.filter((p) => cell(p, d).shift !== null).length);
  const foot = `<tr><th scope="row">${w('at')}</th>${work.map((n) => `<td>${n}</td>`).join('')}<td colspan="3"></td></tr>`;
  el('rota').innerHTML = `<thead><tr><th scope="col">${w('name')}</th>${days}<th scope="col">${w('worked')}</th><th scope="col">${w('hours')}</th><th scope="col">${w('overtime')}</th></tr></thead><tbody>${body}</tbody><tfoot>${foot}</tfoot>`;
  el('count').textContent = rows.length ? `${rows.length} ${w('of')} ${D.people.length} ${w('people')}` : w('nothing');
}

// Arrow keys go from name to name and from day to day.
function moveInTable(e) {
  const at = e.target.closest('th');
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[e.key];
  if (!at || !step) return;
  const row = at.parentElement;
  let to = null;
  if (step[0]) {
    const rows = [...el('rota').rows];
    const next = rows[rows.indexOf(row) + step[0]];
    to = next && next.cells[next.parentElement.tagName === 'THEAD' ? Math.max(1, at.cellIndex) : 0];
  } else if (row.parentElement.tagName === 'THEAD') to = row.cells[at.cellIndex + step[1]];
  const button = to && to.querySelector('button');
  if (button) { e.preventDefault(); button.focus(); }
}
