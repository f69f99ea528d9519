
"use strict";
(function () {
  var most = 50;
  var box = document.getElementById("words");
  var hits = document.getElementById("hits");
  var found = document.getElementById("found");
  var places = Array.prototype.map.call(document.querySelectorAll("[data-find]"), function (place, number) {
    if (!place.id) { place.id = "find-" + number; }
    return { id: place.id, name: place.getAttribute("data-find"), text: place.textContent.replace(/\s+/g, " ").toLowerCase() };
  });

  function told(place, word) {
    var at = Math.max(0, place.text.indexOf(word) - 12);
    return (/^[A-Z]\d+$/.test(place.id) ? place.id + " " : "") + place.name + "：…" + place.text.slice(at, at + 48) + "…";
  }

  function find() {
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    var good = words.length ? places.filter(function (place) {
      return words.every(function (word) { return place.text.indexOf(word) >= 0; });
    }) : [];
    found.textContent = "";
    good.slice(0, most).forEach(function (place) {
      var link = document.createElement("a");
      link.href = "#" + place.id;
      link.textContent = told(place, words[0]);
      found.appendChild(document.createElement("li")).appendChild(link);
    });
    hits.textContent = !words.length ? "" : !good.length ? "没有找到。" :
      "找到" + good.length + "处" + (good.length > most ? "，只列前" + most + "处" : "") + "。";
  }

  function open() {
    Array.prototype.forEach.call(document.querySelectorAll("details:not([open])"), function (one) {
      one.open = true;
      one.setAttribute("data-printing", "");
    });
  }

  function close() {
    Array.prototype.forEach.call(document.querySelectorAll("details[data-printing]"), function (one) {
      one.open = false;
      one.removeAttribute("data-printing");
    });
  }

  document.getElementById("finder").hidden = false;
  box.addEventListener("input", find);
  window.addEventListener("beforeprint", open);
  window.addEventListener("afterprint", close);
})();
