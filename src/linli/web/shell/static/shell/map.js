// The map of buildings: our own shapes, coloured by coverage; no request leaves this server unless a tile address is set.
(function () {
  "use strict";

  function word(box, name) { return box.dataset["word" + name]; }

  function step(share, breaks) {
    if (share === null || share === undefined) { return "none"; }
    var n = 1;
    breaks.forEach(function (edge) { if (share >= edge) { n += 1; } });
    return n;
  }

  function text(tag, content) {
    var node = document.createElement(tag);
    node.textContent = content;
    return node;
  }

  function popup(box, of) {
    var node = document.createElement("div");
    node.appendChild(text("strong", of.name || ""));
    node.appendChild(text("p", of.text || word(box, "None")));
    if (of.href) {
      var line = document.createElement("p");
      var link = text("a", word(box, "Open"));
      link.href = of.href;
      link.setAttribute("aria-label", word(box, "Open") + " " + (of.name || ""));
      line.appendChild(link);
      node.appendChild(line);
    }
    return node;
  }

  // One stop for the Tab key; arrows go from building to building, Enter opens.
  function keyboard(shapes) {
    shapes.forEach(function (shape, index) {
      var path = shape.getElement();
      path.setAttribute("tabindex", index === 0 ? "0" : "-1");
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", [shape.of.name, shape.of.text].filter(Boolean).join(", "));
      path.addEventListener("keydown", function (event) {
        var by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (by) {
          var next = shapes[(index + by + shapes.length) % shapes.length].getElement();
          path.setAttribute("tabindex", "-1");
          next.setAttribute("tabindex", "0");
          next.focus();
        } else if (event.key === "Enter" || event.key === " ") {
          shape.openPopup();
          var link = shape.getPopup().getElement().querySelector("a[href]:not(.leaflet-popup-close-button)");
          if (link) { link.focus(); }
          shape.getPopup().getElement().addEventListener("keydown", function (inside) {
            if (inside.key !== "Escape") { return; }
            shape.closePopup();
            path.focus();
          });
        } else {
          return;
        }
        event.preventDefault();
        event.stopPropagation();
      });
    });
  }

  function draw(box, buildings, areas) {
    var breaks = box.dataset.breaks.split(",").map(Number);
    var map = L.map(box, { zoomControl: false, attributionControl: Boolean(box.dataset.tiles), zoomSnap: 0.25, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: word(box, "In"), zoomOutTitle: word(box, "Out") }).addTo(map);
    if (box.dataset.tiles) { L.tileLayer(box.dataset.tiles, { attribution: box.dataset.credit, maxZoom: 20 }).addTo(map); }
    var shapes = [];
    var layer = L.geoJSON(buildings, {
      style: function (feature) { return { className: "map-shape cov-" + step(feature.properties.share, breaks), stroke: true, fill: true }; },
      onEachFeature: function (feature, shape) {
        shape.of = feature.properties;
        shape.bindPopup(popup(box, shape.of), { closeButton: true, maxWidth: 280 });
        shape.on("popupopen", function (event) {
          var close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
          if (close) { close.setAttribute("aria-label", word(box, "Close")); }
        });
        shapes.push(shape);
      }
    }).addTo(map);
    var outline = areas && L.geoJSON(areas, {
      interactive: false,
      style: { className: "map-outline", fill: false },
      onEachFeature: function (feature, shape) {
        if (feature.properties.name) {
          var edge = shape.getBounds();
          L.tooltip({ permanent: true, direction: "bottom", offset: [0, -8], className: "map-name" })
            .setLatLng([edge.getNorth(), edge.getCenter().lng]).setContent(text("span", feature.properties.name)).addTo(map);
        }
      }
    }).addTo(map);
    var bounds = (outline || layer).getBounds();
    if (bounds.isValid()) { map.fitBounds(bounds, { padding: [12, 12] }); }
    // presentation comes from the style sheet, so drop the attributes Leaflet writes
    shapes.concat(outline ? outline.getLayers() : []).forEach(function (shape) {
      var path = shape.getElement();
      ["stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "fill", "fill-opacity"].forEach(function (name) { path.removeAttribute(name); });
    });
    keyboard(shapes);
    if (outline) {
      map.on("zoomend", function () { fitNames(map, outline); });
      fitNames(map, outline);
    }
  }

  // names only where most areas are wide enough to hold them
  function fitNames(map, outline) {
    var widths = outline.getLayers().map(function (shape) {
      var edge = shape.getBounds();
      return map.latLngToLayerPoint(edge.getNorthEast()).x - map.latLngToLayerPoint(edge.getSouthWest()).x;
    }).sort(function (a, b) { return a - b; });
    map.getContainer().classList.toggle("map-small", widths[Math.floor(widths.length / 2)] < 84);
  }

  function read(address) {
    return fetch(address, { credentials: "same-origin", headers: { Accept: "application/geo+json, application/json" } }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    });
  }

  function start(box) {
    if (box.dataset.started) { return; }
    box.dataset.started = "1";
    Promise.all([read(box.dataset.buildings), box.dataset.areas ? read(box.dataset.areas) : null]).then(function (answers) {
      box.replaceChildren();
      draw(box, answers[0], answers[1]);
    }).catch(function () {
      box.replaceChildren(text("p", word(box, "Failed")));
    });
  }

  function startAll() { document.querySelectorAll("[data-map]").forEach(start); }
  startAll();
  document.addEventListener("htmx:load", startAll);
})();
