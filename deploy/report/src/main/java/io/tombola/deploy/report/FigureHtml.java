package io.tombola.deploy.report;

/**
 * A figure that a script draws, with its numbers.
 *
 * @param id ends the element's id, after {@code fig-}
 * @param caption a sentence or two; escaped
 * @param table HTML
 */
record FigureHtml(String id, int number, String caption, String table) {

  String html() {
    return """
        <figure id="fig-%1$s">
        <figcaption id="cap-%1$s"><b>Figure %2$d.</b> %3$s</figcaption>
        <div class="legend"></div><div class="plot" role="group" tabindex="0" aria-labelledby="cap-%1$s"></div><output class="readout"></output>
        <details><summary>Numbers of figure %2$d</summary>%4$s</details>
        </figure>
        """
        .formatted(id, number, Html.escape(caption), table);
  }
}
