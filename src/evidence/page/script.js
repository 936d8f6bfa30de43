"use strict";
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const cards = Array.from(document.querySelectorAll("article"));
  if (!form || !shown) return;
  const fields = ["decision", "seam", "agent", "rule"];
  for (const name of fields) {
    const values = new Set(cards.map((card) => card.dataset[name]));
    for (const value of Array.from(values).sort()) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = value;
      form.elements[name].append(option);
    }
  }
  const texts = cards.map((card) => card.textContent.toLowerCase());
  const apply = () => {
    const words = form.elements.words.value.toLowerCase();
    let count = 0;
    cards.forEach((card, place) => {
      const fits = fields.every((name) => {
        const wanted = form.elements[name].selectedIndex;
        return wanted < 1 || form.elements[name].value === card.dataset[name];
      }) && texts[place].includes(words);
      card.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = `${count} of ${cards.length} shown`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.classList.add("on");
  apply();
})();
