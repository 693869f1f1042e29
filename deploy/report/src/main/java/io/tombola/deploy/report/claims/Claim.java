package io.tombola.deploy.report.claims;

/**
 * A statement that results can contradict.
 *
 * @param id names it in scripts
 * @param statement one sentence
 * @param reported what its source measured; empty where it gives no number
 */
public record Claim(String id, Source source, String statement, String reported) {

  static Claim paper(String id, String statement, String reported) {
    return new Claim(id, Source.PAPER, statement, reported);
  }
}
