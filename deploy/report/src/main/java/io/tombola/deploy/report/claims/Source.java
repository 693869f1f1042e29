package io.tombola.deploy.report.claims;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who claims or asks. */
public enum Source {
  /** A claim of the paper. */
  PAPER("Frankle and Carbin, ICLR 2019, arXiv 1803.03635"),
  /** A claim of the paper's successor. */
  INSTABILITY("Frankle et al., ICML 2020, arXiv 1912.05671"),
  /** A question after the paper: do signs alone make a ticket? */
  SIGNS("question after Zhou et al., NeurIPS 2019, arXiv 1905.01067"),
  /** A question after the paper: do layer densities alone make a ticket? */
  LAYER_DENSITIES("question after Frankle et al., ICLR 2021, arXiv 2009.08576");

  private final String citation;

  Source(String citation) {
    this.citation = citation;
  }

  /** Authors, venue and arXiv number. */
  @JsonValue
  public String citation() {
    return citation;
  }
}
