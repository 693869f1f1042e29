package io.tombola.deploy.report;

/** Where the report finds what is too large for a campaign's state. */
public record Sources(CurveSource curves, PathSource paths, MaskSource masks) {

  /** None of it. */
  public static final Sources NONE =
      new Sources(CurveSource.NONE, PathSource.NONE, MaskSource.NONE);

  /** Learning curves only. */
  public static Sources of(CurveSource curves) {
    return new Sources(curves, PathSource.NONE, MaskSource.NONE);
  }
}
