/* Amounts in đồng as people type them. kc.money.read and kc.money.write; inputs with data-kc-money are tidied on leaving.
   The grammar is parse_amount's in khuyencong/money.py: thousands in dots or spaces, decimals after a comma and only
   before a unit, parts from great to small ("2 tỷ 250 triệu"). The server decides; this shows early what it will say. */
const ZEROS = { tỷ: 9, tỉ: 9, triệu: 6, tr: 6, nghìn: 3, ngàn: 3, k: 3 };
const UNIT = / ?(tỷ|tỉ|triệu|tr|nghìn|ngàn|k) ?/u;
const DONG = / ?(?:đồng|vnđ|vnd|đ|₫)$/u;
const NUMBER = /^(0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:,(\d+))?$/;
const TOO_BIG = 10n ** 18n;

/* The đồng of one number and its unit as a BigInt, or null. */
function readPart(number, unit) {
  const match = NUMBER.exec(number);
  if (!match || (match[2] && !unit)) return null;
  const zeros = ZEROS[unit] ?? 0;
  const decimals = (match[2] ?? "").replace(/0+$/, "");
  if (decimals.length > zeros) return null;
  const amount = BigInt(match[1].replace(/[. ]/g, "") + decimals.padEnd(zeros, "0"));
  return amount < TOO_BIG ? amount : null;
}

/* BigInt of đồng, or null for a text that cannot be read or can be read in two ways ("1.5"). Nothing typed is 0. */
function read(text) {
  const typed = text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
  if (typed === "") return 0n;
  const pieces = typed.replace(DONG, "").split(UNIT);
  const last = pieces.pop();
  if (pieces.length && last && !DONG.test(typed)) return null;
  if (last || !pieces.length) pieces.push(last, "");

  let total = 0n;
  let room = TOO_BIG;
  for (let at = 0; at < pieces.length; at += 2) {
    const amount = readPart(pieces[at], pieces[at + 1]);
    if (amount === null || amount >= room || total % room) return null;
    total += amount;
    room = 10n ** BigInt(ZEROS[pieces[at + 1]] ?? 0);
  }
  return total;
}

function write(amount) {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ".");
}

kc.money = { read, write };

document.addEventListener("focusout", (event) => {
  if (!event.target.matches?.("[data-kc-money]") || event.target.value.trim() === "") return;
  const amount = read(event.target.value);
  if (amount !== null) event.target.value = write(amount);
});
