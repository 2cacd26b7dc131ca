// One day: curves of required against rostered people, who works, who hands over to whom.
function dayView() {
  const d = state.day, day = D.days[d];
  const channels = D.channels.map((c, i) => i).filter((i) => D.cover[i][d].length);
  const working = D.people.map((_, p) => p).filter((p) => cell(p, d).shift !== null);
  const by = D.shifts.map((s, i) => [s, working.filter((p) => cell(p, d).shift === i)]).filter((x) => x[1].length);
  const who = by.map(([s, list]) => `<tr><th scope="row"><span class="c-${s.tone}">&nbsp;${esc(s.code)}&nbsp;</span> ${esc(s.times)}</th><td>${list.length}</td><td>${list.map((p) => `<button type="button" data-p="${p}">${esc(D.people[p].name)}</button>`).join(', ')}</td></tr>`).join('');
  const hand = D.handovers.filter((h) => h[0] === d);
  const name = (p) => (p === null ? '–' : `<button type="button" data-p="${p}">${esc(D.people[p].name)}</button>`);
  const rows = hand.map((h) => `<tr><td>${clock(h[1])}–${clock(h[2])}</td><td>${esc(D.channels[h[3]] ?? '')}</td><td>${esc(say(D.kinds[h[4]]))}</td><td>${name(h[5])}</td><td>${name(h[6])}</td><td>${name(h[7])}</td><td class="wide">${esc(say(D.notes[h[8]]))}</td></tr>`).join('');
  el('view-day').innerHTML = `<div class="bar"><button type="button" id="before" aria-label="${w('previous')}">◀</button>
    <label>${w('date')} <select id="pick-day">${D.days.map((_, i) => option(String(i), head(i), String(d))).join('')}</select></label><button type="button" id="after" aria-label="${w('next')}">▶</button></div>
    <ul class="facts"><li><b>${working.length}</b>${w('at')}</li><li><b>${hours(day.need)}</b>${w('required')} h</li><li><b>${hours(day.short)}</b>${w('short')}</li></ul>
    <div class="grid">${channels.map((i) => `<div><h2>${esc(D.channels[i])}</h2><div class="chart" id="curve-${i}"></div></div>`).join('')}</div>
    <h2>${w('who')}</h2><div class="scroll"><table class="list"><tbody>${who}</tbody></table></div>
    <h2>${w('handovers')} (${hand.length})</h2><div class="scroll"><table class="list" id="handovers"><thead><tr>${['time', 'channel', 'kind', 'from', 'to', 'backup'].map((k) => `<th>${w(k)}</th>`).join('')}<th class="wide">${w('note')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  el('before').disabled = d === 0;
  el('after').disabled = d === D.days.length - 1;
  el('before').addEventListener('click', () => go('day', d - 1, 'before'));
  el('after').addEventListener('click', () => go('day', d + 1, 'after'));
  el('pick-day').addEventListener('change', (e) => go('day', Number(e.target.value), 'pick-day'));
  for (const i of channels) curve(i, d);
}

function curve(i, d) {
  const rows = D.cover[i][d];
  const end = rows[rows.length - 1][1];
  const line = (value) => [...rows.map((r) => [r[0], value(r)]), [end, value(rows[rows.length - 1])]];
  const series = (name, color, value, more) => ({ name, type: 'line', step: 'end', symbol: 'none', data: line(value), itemStyle: { color }, lineStyle: { color, width: 2, ...more } });
  draw(`curve-${i}`, {
    grid: { left: 34, right: 14, top: 30, bottom: 24 }, legend: legend(),
    tooltip: { trigger: 'axis', ...tip(), formatter: (list) => `${clock(list[0].value[0])}<br>${list.map((x) => `${esc(x.seriesName)}: ${x.value[1]}`).join('<br>')}` },
    xAxis: { type: 'value', min: rows[0][0], max: end, interval: 120, axisLabel: { formatter: clock, hideOverlap: true, showMaxLabel: false } },
    yAxis: { type: 'value', min: 0, minInterval: 1, splitLine: { show: true } },
    series: [series(w('required'), css('--need'), (r) => r[2] / 100, { type: 'dashed' }), { ...series(w('rostered'), css('--have'), (r) => r[3] / 100), areaStyle: { color: css('--have'), opacity: 0.12 } }],
  });
}
