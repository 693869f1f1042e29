package io.tombola.deploy.report.claims;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a claim holds in a campaign, or in one replicate of it. */
public enum Verdict {
  /** In every replicate, of at least two. */
  HELD("held"),
  /** Not in at least one replicate, of at least two. */
  NOT_HELD("not held"),
  /** Fewer than two replicates decide it; for one replicate: its data leave it open. */
  NOT_ENOUGH_DATA("not enough data");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** As it is written. */
  @JsonValue
  public String word() {
    return word;
  }
}
