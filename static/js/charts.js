/* <canvas data-kc-chart="ID">: stacked columns from the JSON in #ID, {labels, unit, series: [{label, tone, values}]};
   with `horizontal` bars from left to right, one under the other, in a chart as high as they need; with `grouped` the
   series stand side by side instead. Colours are the tokens --tone-…, numbers are written as in Vietnamese. */
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = new Intl.NumberFormat("vi-VN", { minimumFractionDigits: 0, maximumFractionDigits: 2 });
const tick = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });

/* Writes the value of every bar behind it, of every column above it. */
const each = (chart, lies) =>
  chart.data.datasets.forEach((series, at) =>
    chart.getDatasetMeta(at).data.forEach(({ x, y }, place) => chart.ctx.fillText(number.format(series.data[place]), lies ? x + 6 : x, lies ? y + 4 : y - 6)),
  );

/* Writes each column's total above it, each bar's behind it. */
const totals = {
  id: "totals",
  afterDatasetsDraw(chart) {
    const { ctx, data, scales, options } = chart;
    const lies = options.indexAxis === "y";
    ctx.save();
    ctx.font = `500 12px ${token("--font")}`;
    ctx.fillStyle = token("--color-text");
    ctx.textAlign = lies ? "left" : "center";
    if (options.besides) each(chart, lies);
    else data.labels.forEach((_, at) => {
      const total = data.datasets.reduce((sum, series) => sum + series.data[at], 0);
      if (lies) ctx.fillText(number.format(total), scales.x.getPixelForValue(total) + 6, scales.y.getPixelForValue(at) + 4);
      else ctx.fillText(number.format(total), scales.x.getPixelForValue(at), scales.y.getPixelForValue(total) - 6);
    });
    ctx.restore();
  },
};

kc.attach("canvas[data-kc-chart]", (canvas) => {
  const { labels, unit, series, horizontal, grouped } = JSON.parse(document.getElementById(canvas.dataset.kcChart).textContent);
  const said = (value) => `${number.format(value)} ${unit}`;
  const places = { stacked: !grouped, grid: { display: false }, border: { color: token("--color-line") } };
  const amounts = {
    stacked: !grouped,
    grid: { color: token("--color-line-soft") },
    border: { display: false },
    ticks: { callback: (value) => tick.format(value) },
  };
  if (horizontal) canvas.parentElement.style.height = `${labels.length * (grouped ? 3.5 : 2) + 3}rem`;
  Chart.defaults.font.family = token("--font");
  Chart.defaults.color = token("--color-text-soft");
  new Chart(canvas, {
    type: "bar",
    data: {
      labels,
      datasets: series.map(({ label, tone, values }) => ({
        label,
        data: values.map(Number),
        backgroundColor: token(`--tone-${tone}`),
        maxBarThickness: horizontal ? 22 : 56,
      })),
    },
    options: {
      besides: Boolean(grouped), // our own: Chart.js has another `grouped`
      indexAxis: horizontal ? "y" : "x",
      maintainAspectRatio: false,
      animation: false,
      layout: { padding: horizontal ? { right: 56 } : { top: 18 } },
      scales: horizontal ? { x: amounts, y: places } : { x: places, y: amounts },
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${said(item.raw)}` } },
      },
    },
    plugins: [totals],
  });
});
