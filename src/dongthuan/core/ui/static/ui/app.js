// Everything here only adds comfort: every page works without it.
(function () {
  "use strict";
  var doc = document, root = doc.documentElement, body = doc.body;
  var text = function (name) { return body.getAttribute("data-text-" + name) || ""; };
  var all = function (selector, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(selector)); };
  var store = {
    get: function (key) { try { return localStorage.getItem(key); } catch (e) { return null; } },
    set: function (key, value) { try { localStorage.setItem(key, value); return true; } catch (e) { return false; } },
    drop: function (key) { try { localStorage.removeItem(key); } catch (e) { /* nothing was kept */ } },
  };

  function toast(words) {
    var region = doc.querySelector("[data-toasts]");
    if (!region || !words) return;
    var p = doc.createElement("p");
    p.className = "toast";
    p.textContent = words;
    region.appendChild(p);
    setTimeout(function () { p.remove(); }, 6000);
  }

  // -- theme: the system's, until the reader chooses; the choice stays on the device
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  all("[data-theme-toggle]").forEach(function (button) {
    var label = button.querySelector("[data-theme-label]");
    var show = function () { label.textContent = isDark() ? button.dataset.toLight : button.dataset.toDark; };
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      store.set("dt-theme", root.dataset.theme);
      show();
    });
  });

  // -- a code that was scanned: it stands behind the “#”, which never leaves the device
  var field = doc.querySelector("[data-from-hash]");
  function takeScanned(again) {
    var scanned = /^#ma=([\w-]{4,40})$/.exec(location.hash);
    if (!scanned || !field) return;
    if (again || !field.value) field.value = scanned[1];
    history.replaceState(null, "", location.pathname + location.search);
  }
  takeScanned(false);
  // scanned once more while the page is open: only what stands behind the “#” changes
  window.addEventListener("hashchange", function () { takeScanned(true); });

  // -- drafts: what was typed survives a closed page, on this device only
  var PREFIX = "dt-draft:", MONTH = 30 * 24 * 3600 * 1000;
  function drafted(form) {
    return Array.prototype.filter.call(form.elements, function (el) {
      return el.name && !/^(file|password|hidden|submit|button|image|reset)$/.test(el.type) &&
        el.name !== "csrfmiddlewaretoken" && !el.closest("[data-nodraft]");
    });
  }
  function isChoice(el) { return el.type === "checkbox" || el.type === "radio"; }
  function untouched(el) {
    if (isChoice(el)) return el.checked === el.defaultChecked;
    if (el.options) return all("option", el).every(function (o) { return o.selected === o.defaultSelected; }) || el.selectedIndex < 1;
    return el.value === el.defaultValue;
  }
  function readDraft(form) {
    var values = {};
    drafted(form).forEach(function (el) {
      var list = values[el.name] = values[el.name] || [];
      if (isChoice(el)) { if (el.checked) list.push(el.value); }
      else if (el.multiple) all("option", el).forEach(function (o) { if (o.selected) list.push(o.value); });
      else list.push(el.value);
    });
    return values;
  }
  function writeDraft(form, values) {
    var seen = {}, changed = false;
    drafted(form).forEach(function (el) {
      var list = values[el.name];
      if (!list || !untouched(el)) return;
      if (isChoice(el)) {
        var on = list.indexOf(el.value) >= 0;
        if (on !== el.checked) { el.checked = on; changed = true; }
      } else if (el.multiple) {
        all("option", el).forEach(function (o) { o.selected = list.indexOf(o.value) >= 0; });
      } else {
        var at = seen[el.name] = (seen[el.name] === undefined ? 0 : seen[el.name] + 1);
        if (list[at] !== undefined && list[at] !== el.value && el.value === (el.defaultValue || "")) { el.value = list[at]; changed = true; }
        else if (el.options && list[at] !== undefined && list[at] !== el.value) { el.value = list[at]; changed = true; }
      }
    });
    return changed;
  }
  all("form[data-draft]").forEach(function (form) {
    var key = PREFIX + form.dataset.draft, status = form.querySelector("[data-draft-status]");
    var words = status && status.querySelector("[data-draft-text]"), timer, dirty = false;
    var say = function (which) { if (status) { status.hidden = false; words.textContent = words.dataset[which]; } };
    var save = function () {
      clearTimeout(timer);
      if (dirty && store.set(key, JSON.stringify({ at: Date.now(), values: readDraft(form) }))) say("saved");
      dirty = false;
    };
    try {
      var kept = JSON.parse(store.get(key) || "null");
      // After a refusal the server has sent back what was typed; that is newer than the draft.
      if (kept && Date.now() - kept.at < MONTH && !form.querySelector(".has-error") && writeDraft(form, kept.values)) say("restored");
    } catch (e) { store.drop(key); }
    form.addEventListener("input", function () { dirty = true; clearTimeout(timer); timer = setTimeout(save, 600); });
    form.addEventListener("change", function () { dirty = true; save(); });
    addEventListener("pagehide", save);
    all("[data-draft-clear]", form).forEach(function (button) {
      button.addEventListener("click", function () {
        clearTimeout(timer);
        dirty = false;
        store.drop(key);
        form.reset();
        if (status) status.hidden = true;
        form.dispatchEvent(new CustomEvent("dt:cleared"));
      });
    });
  });
  // The page that confirms a sending names the draft that is no longer needed.
  all("[data-draft-done]").forEach(function (el) { store.drop(PREFIX + el.dataset.draftDone); });
  try {
    Object.keys(localStorage).forEach(function (key) {
      if (key.indexOf(PREFIX) === 0 && Date.now() - (JSON.parse(store.get(key)) || {}).at > MONTH) store.drop(key);
    });
  } catch (e) { /* no storage, no drafts */ }

  // -- asking once more, and sending only once
  doc.addEventListener("click", function (event) {
    var el = event.target.closest("a[data-confirm], button[data-confirm]");
    if (el && !confirm(el.dataset.confirm)) { event.preventDefault(); event.stopPropagation(); }
  }, true);
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.confirm && !confirm(form.dataset.confirm)) { event.preventDefault(); return; }
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post") || form.target) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    var button = event.submitter;
    if (button && button.tagName === "BUTTON") {
      button.setAttribute("aria-disabled", "true");
      button.dataset.rest = button.innerHTML;
      button.textContent = button.dataset.progress || text("sending");
    }
    // An answer that is a download leaves this page standing.
    setTimeout(function () { rest(form); }, 15000);
  });
  function rest(form) {
    delete form.dataset.sent;
    all("[data-rest]").forEach(function (b) { b.removeAttribute("aria-disabled"); b.innerHTML = b.dataset.rest; delete b.dataset.rest; });
  }
  addEventListener("pageshow", function (event) { if (event.persisted) all("form[data-sent]").forEach(rest); });

  // -- small helps
  var summary = doc.querySelector(".error-summary");
  if (summary && !summary.closest("[data-still]")) summary.focus();
  all("[data-print]").forEach(function (b) { b.hidden = false; b.addEventListener("click", function () { print(); }); });
  all("[data-copy]").forEach(function (b) {
    if (!navigator.clipboard) return;
    b.hidden = false;
    b.addEventListener("click", function () {
      navigator.clipboard.writeText(b.dataset.copy).then(function () { toast(text("copied")); }, function () { toast(text("failed")); });
    });
  });
  all("textarea[maxlength][data-count]").forEach(function (area) {
    var p = doc.createElement("p");
    p.className = "counter";
    var show = function () { p.textContent = text("left") + " " + (area.maxLength - area.value.length).toLocaleString("vi"); };
    area.after(p);
    area.addEventListener("input", show);
    show();
  });
  all("[data-files-of]").forEach(function (list) {
    var input = doc.getElementById(list.dataset.filesOf), most = Number(list.dataset.max) || Infinity;
    if (!input) return;
    input.addEventListener("change", function () {
      list.textContent = "";
      Array.prototype.forEach.call(input.files, function (file) {
        var li = doc.createElement("li"), size = file.size / 1048576;
        var shown = size < 0.1 ? Math.ceil(file.size / 1024) + " KB" : size.toLocaleString("vi", { maximumFractionDigits: 1 }) + " MB";
        li.textContent = file.name + " (" + shown + (file.size > most ? ", " + list.dataset.tooLarge : "") + ")";
        if (file.size > most) li.className = "is-too-large";
        list.appendChild(li);
      });
    });
  });

  // -- a long list of choices, narrowed by typing without marks: "pho phong" finds "Phổ Phong"
  function fold(words) {
    return words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }
  all("select[data-filter]").forEach(function (select) {
    var options = all("option", select), input = doc.createElement("input");
    input.type = "search";
    input.className = "select-filter";
    input.autocomplete = "off";
    input.placeholder = text("filter");
    input.setAttribute("aria-label", text("filter"));
    input.setAttribute("data-nodraft", "");
    select.before(input);
    input.addEventListener("input", function (event) {
      event.stopPropagation();
      var wanted = fold(input.value.trim()), chosen = select.value;
      select.textContent = "";
      options.forEach(function (o) { if (!wanted || !o.value || o.value === chosen || fold(o.text).indexOf(wanted) >= 0) select.appendChild(o); });
      select.value = chosen;
    });
    input.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
  });

  // -- keyboard: j and k walk the rows, / searches, ? helps; can be switched off (WCAG 2.1.4)
  var help = doc.getElementById("phim-tat");
  if (help && help.showModal) {
    var onOff = help.querySelector("[data-shortcuts-on]");
    var isOn = function () { return store.get("dt-keys") !== "off"; };
    onOff.checked = isOn();
    onOff.addEventListener("change", function () { store.set("dt-keys", onOff.checked ? "on" : "off"); });
    all("[data-shortcuts]").forEach(function (b) { b.hidden = false; b.addEventListener("click", function () { help.showModal(); }); });
    doc.addEventListener("keydown", function (event) {
      if (!isOn() || help.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input, select, textarea, [contenteditable]")) return;
      if (event.key === "?") { event.preventDefault(); help.showModal(); return; }
      if (event.key === "/") {
        var search = doc.querySelector("[data-search], input[type=search]:not(.select-filter)");
        if (search) { event.preventDefault(); search.focus(); }
        return;
      }
      if (event.key !== "j" && event.key !== "k") return;
      var rows = all("[data-rows] [data-row], [data-rows] tbody tr a:first-of-type").filter(function (a, i, list) {
        var row = a.closest("tr, li, article") || a;
        return list.findIndex(function (b) { return (b.closest("tr, li, article") || b) === row; }) === i;
      });
      if (!rows.length) return;
      var here = rows.findIndex(function (a) { return (a.closest("tr, li, article") || a).contains(doc.activeElement); });
      var next = event.key === "j" ? Math.min(here + 1, rows.length - 1) : Math.max(here - 1, 0);
      event.preventDefault();
      rows[next].focus();
      rows[next].scrollIntoView({ block: "nearest" });
    });
  }

  // -- what others report
  doc.addEventListener("allauth.error", function (event) { event.preventDefault(); toast(text("failed")); });
  ["htmx:responseError", "htmx:sendError"].forEach(function (name) { doc.addEventListener(name, function () { toast(text("failed")); }); });
})();
