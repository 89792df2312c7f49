/* <canvas data-kc-chart="ID">: stacked columns from the JSON in #ID, {labels, unit, series: [{label, tone, values}]}.
   Colours are the tokens --tone-…, numbers are written as in Vietnamese. */
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = new Intl.NumberFormat("vi-VN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tick = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 2 });

/* Writes each column's total above it. */
const totals = {
  id: "totals",
  afterDatasetsDraw({ ctx, data, scales }) {
    ctx.save();
    ctx.font = `500 12px ${token("--font")}`;
    ctx.fillStyle = token("--color-text");
    ctx.textAlign = "center";
    data.labels.forEach((_, at) => {
      const total = data.datasets.reduce((sum, series) => sum + series.data[at], 0);
      ctx.fillText(number.format(total), scales.x.getPixelForValue(at), scales.y.getPixelForValue(total) - 6);
    });
    ctx.restore();
  },
};

kc.attach("canvas[data-kc-chart]", (canvas) => {
  const { labels, unit, series } = JSON.parse(document.getElementById(canvas.dataset.kcChart).textContent);
  const said = (value) => `${number.format(value)} ${unit}`;
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
        maxBarThickness: 56,
      })),
    },
    options: {
      maintainAspectRatio: false,
      animation: false,
      layout: { padding: { top: 18 } },
      scales: {
        x: { stacked: true, grid: { display: false }, border: { color: token("--color-line") } },
        y: {
          stacked: true,
          grid: { color: token("--color-line-soft") },
          border: { display: false },
          ticks: { callback: (value) => tick.format(value) },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${said(item.raw)}` } },
      },
    },
    plugins: [totals],
  });
});
