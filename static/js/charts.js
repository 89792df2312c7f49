/* <canvas data-kc-chart="ID">: stacked columns from the JSON in #ID, {labels, unit, series: [{label, tone, values}]};
   with `horizontal` bars from left to right, one under the other, in a chart as high as they need. Colours are the tokens --tone-…, numbers are written as in Vietnamese. */
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = new Intl.NumberFormat("vi-VN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tick = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });

/* Writes each column's total above it, each bar's behind it. */
const totals = {
  id: "totals",
  afterDatasetsDraw({ ctx, data, scales, options }) {
    const lies = options.indexAxis === "y";
    ctx.save();
    ctx.font = `500 12px ${token("--font")}`;
    ctx.fillStyle = token("--color-text");
    ctx.textAlign = lies ? "left" : "center";
    data.labels.forEach((_, at) => {
      const total = data.datasets.reduce((sum, series) => sum + series.data[at], 0);
      if (lies) ctx.fillText(number.format(total), scales.x.getPixelForValue(total) + 6, scales.y.getPixelForValue(at) + 4);
      else ctx.fillText(number.format(total), scales.x.getPixelForValue(at), scales.y.getPixelForValue(total) - 6);
    });
    ctx.restore();
  },
};

kc.attach("canvas[data-kc-chart]", (canvas) => {
  const { labels, unit, series, horizontal } = JSON.parse(document.getElementById(canvas.dataset.kcChart).textContent);
  const said = (value) => `${number.format(value)} ${unit}`;
  const places = { stacked: true, grid: { display: false }, border: { color: token("--color-line") } };
  const amounts = {
    stacked: true,
    grid: { color: token("--color-line-soft") },
    border: { display: false },
    ticks: { callback: (value) => tick.format(value) },
  };
  if (horizontal) canvas.parentElement.style.height = `${labels.length * 2 + 3}rem`;
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
