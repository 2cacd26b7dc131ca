// What all charts share: colours of the theme, one instance a place, drawn anew when size, theme or language change.
const drawn = new Map();
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function draw(id, option, onClick) {
  const place = el(id);
  if (!place) return;
  const old = drawn.get(id);
  if (old) old.dispose();
  const chart = echarts.init(place, null, { renderer: 'svg' });
  const line = { lineStyle: { color: css('--line') } };
  const axis = (a) => ({ ...a, axisLabel: { color: css('--soft'), ...(a.axisLabel || {}) }, axisLine: line, splitLine: { show: false, ...line, ...(a.splitLine || {}) } });
  const many = (a) => (Array.isArray(a) ? a.map(axis) : axis(a));
  chart.setOption({ animation: false, aria: { enabled: true }, textStyle: { fontFamily: 'inherit', color: css('--fg') }, ...option, xAxis: many(option.xAxis), yAxis: many(option.yAxis) });
  if (onClick) chart.on('click', onClick);
  drawn.set(id, chart);
}

const tip = () => ({ backgroundColor: css('--panel'), borderColor: css('--line'), textStyle: { color: css('--fg') }, confine: true });
const legend = () => ({ textStyle: { color: css('--fg') }, top: 0 });
let sizing = 0;
addEventListener('resize', () => { clearTimeout(sizing); sizing = setTimeout(() => drawn.forEach((c) => { if (!c.isDisposed() && c.getDom().offsetWidth) c.resize(); }), 120); });
