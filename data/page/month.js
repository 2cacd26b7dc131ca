// The month: a heat map of the shortage, overtime against the cap, and how evenly things are shared.
const MOST = 40;

function monthView() {
  const pick = D.channels.map((c, i) => option(String(i), c, state.channel)).join('');
  const bars = Math.min(MOST, D.people.length);
  el('view-month').innerHTML = `<h2>${w('shortage')}</h2><div class="bar"><label>${w('channel')} <select id="channel">${option('', w('all'), state.channel)}${pick}</select></label></div>
    <div class="chart" id="heat" style="height:${Math.min(760, 90 + slots().length * 14)}px"></div>
    <div class="grid"><div><h2>${w('worst')}</h2><div class="chart" id="overtime" style="height:${60 + bars * 17}px"></div></div>
    <div><h2>${w('fair')}</h2>${['late', 'weekends', 'statutory', 'paid'].map((k) => `<div class="chart" id="fair-${k}" style="height:190px"></div>`).join('')}</div></div>`;
  el('channel').addEventListener('change', (e) => { state.channel = e.target.value; heat(); });
  heat();
  overtime();
  for (const k of ['late', 'weekends', 'statutory', 'paid']) fair(k);
}

// All starts of intervals, ascending.
function slots() {
  const starts = new Set();
  for (const days of D.cover) for (const rows of days) for (const r of rows) starts.add(r[0]);
  return [...starts].sort((a, b) => a - b);
}

function heat() {
  const starts = slots(), index = new Map(starts.map((s, i) => [s, i])), sums = new Map();
  D.cover.forEach((days, c) => {
    if (state.channel !== '' && Number(state.channel) !== c) return;
    days.forEach((rows, d) => rows.forEach((r) => {
      const key = d * 10000 + index.get(r[0]);
      sums.set(key, (sums.get(key) || 0) + Math.max(0, r[2] - r[3]));
    }));
  });
  const data = [...sums].map(([key, short]) => [Math.floor(key / 10000), key % 10000, short / 100]);
  const most = Math.max(1, ...data.map((x) => x[2]));
  draw('heat', {
    grid: { left: 48, right: 10, top: 8, bottom: 62 },
    tooltip: { ...tip(), formatter: (x) => `${esc(head(x.value[0]))} ${clock(starts[x.value[1]])}<br>${w('missing')}: ${x.value[2]}` },
    xAxis: { type: 'category', data: D.days.map((x) => String(Number(x.date.slice(8)))) },
    yAxis: { type: 'category', inverse: true, data: starts.map(clock) },
    visualMap: { min: 0, max: most, calculable: false, orient: 'horizontal', left: 'center', bottom: 0, textStyle: { color: css('--fg') }, inRange: { color: [css('--panel'), ...css('--ramp').split(',')] } },
    series: [{ type: 'heatmap', data, itemStyle: { borderColor: css('--bg'), borderWidth: 1 }, emphasis: { itemStyle: { borderColor: css('--focus'), borderWidth: 2 } } }],
  }, (x) => go('day', x.value[0]));
}

function overtime() {
  const order = D.people.map((_, p) => p).sort((a, b) => D.hours[b].ot - D.hours[a].ot || a - b).slice(0, MOST);
  const caps = [...new Set(order.map((p) => D.hours[p].cap).filter((c) => c !== null))];
  draw('overtime', {
    grid: { left: 84, right: 40, top: 22, bottom: 20 },
    tooltip: { ...tip(), formatter: (x) => `${esc(D.people[order[x.dataIndex]].name)} ${D.people[order[x.dataIndex]].id}<br>${w('overtime')}: ${x.value} h` },
    xAxis: { type: 'value', splitLine: { show: true }, max: (v) => Math.ceil(Math.max(v.max, ...caps.map((c) => c / 60)) * 1.05) },
    yAxis: { type: 'category', inverse: true, data: order.map((p) => D.people[p].name), axisLabel: { interval: 0, width: 78, overflow: 'truncate' } },
    series: [{ type: 'bar', barMaxWidth: 12, data: order.map((p) => { const h = D.hours[p]; return { value: Number(hours(h.ot)), itemStyle: { color: h.cap !== null && h.left < 0 ? css('--short') : css('--have') } }; }),
      markLine: { symbol: 'none', silent: true, label: { color: css('--fg'), formatter: (x) => `${w('cap')} ${x.value}` }, lineStyle: { color: css('--short') }, data: caps.map((c) => ({ xAxis: c / 60 })) } }],
  }, (x) => go('person', order[x.dataIndex]));
}

// How many people have so much of it, by team.
function fair(key) {
  const value = (p) => (key === 'paid' ? Math.floor(D.hours[p].paid / 480) * 8 : D.hours[p][key]);
  const all = [...new Set(D.people.map((_, p) => value(p)))].sort((a, b) => a - b);
  const groups = teams.length ? teams : [''];
  const palette = ['#4e79a7', '#f28e2b', '#59a14f', '#b07aa1', '#76b7b2', '#e15759', '#edc948', '#9c755f'];
  draw(`fair-${key}`, {
    title: { text: w(key), left: 0, top: 0, textStyle: { fontSize: 13, fontWeight: 'normal', color: css('--fg') } },
    grid: { left: 34, right: 10, top: 34, bottom: 22 }, legend: { ...legend(), right: 0, left: 'auto' },
    tooltip: { trigger: 'axis', ...tip() },
    xAxis: { type: 'category', data: all.map((v) => (key === 'paid' ? `${v}–${v + 8}` : String(v))) },
    yAxis: { type: 'value', minInterval: 1, splitLine: { show: true }, name: '' },
    series: groups.map((t, i) => ({ name: t || w('people'), type: 'bar', stack: 'all', barMaxWidth: 40, itemStyle: { color: palette[i % palette.length] }, data: all.map((v) => D.people.filter((one, p) => (one.team === t || !teams.length) && value(p) === v).length) })),
  });
}
