// Forms whose answer is more than one field: merge, grade, correct, adjudicate.
const into = (form, detail) => { form.querySelector("[name=detail]").value = JSON.stringify(detail); };

export function startForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-merge]")) into(form, { with: [form.querySelector("[data-with]").value.trim().split("/").pop()] });
    const grade = form.querySelector("[data-grade]");
    if (grade) into(form, { grade: grade.value });
    if (event.submitter?.dataset.verdict) into(form, { verdict: event.submitter.dataset.verdict });
    if (form.matches("[data-correct]")) {
      const set = {}, time = {};
      let moved = false;
      for (const field of form.querySelectorAll("[data-set]")) {
        const name = field.dataset.set, value = field.value.trim();
        if (name === "earliest" || name === "latest") { time[name] = value || null; moved ||= value !== field.dataset.was; } else if (value !== field.dataset.was) set[name] = value || null;
      }
      if (moved) set.time = { ...time, edtf: null };
      if (!Object.keys(set).length) { event.preventDefault(); return; }
      into(form, { set });
    }
  });
  for (const select of document.querySelectorAll("[data-filters] select")) select.addEventListener("change", () => select.form.requestSubmit());
}
