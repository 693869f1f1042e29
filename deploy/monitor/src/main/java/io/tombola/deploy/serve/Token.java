package io.tombola.deploy.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What a client must show. Immutable and thread-safe; tells nobody by its text. */
public final class Token {

  /** Names the token in the environment. */
  public static final String VARIABLE = "TOMBOLA_SERVE_TOKEN";

  private static final int SHORTEST = 16;
  private static final int DRAWN_BYTES = 24;

  private final String secret;
  private final boolean drawn;

  private Token(String secret, boolean drawn) {
    this.secret = secret;
    this.drawn = drawn;
  }

  /** One that nobody can guess. */
  public static Token draw() {
    byte[] bytes = new byte[DRAWN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), true);
  }

  /**
   * The token that is given, if one is: by the first line of {@code file}, else by the environment.
   *
   * @throws BadServeOptionException if the file cannot be read, or the token is a bad one
   */
  public static Optional<Token> given(Optional<Path> file, Map<String, String> environment) {
    if (file.isPresent()) {
      return Optional.of(of(read(file.get()), "--token-file " + file.get()));
    }
    return Optional.ofNullable(environment.get(VARIABLE)).map(text -> of(text, "$" + VARIABLE));
  }

  private static Token of(String text, String where) {
    boolean good = text.length() >= SHORTEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!good) {
      throw new BadServeOptionException(
          where
              + ": expected a token of at least "
              + SHORTEST
              + " printable characters without spaces, found "
              + (text.isEmpty() ? "none" : "another")
              + "; 'openssl rand -hex 24' makes one");
    }
    return new Token(text, false);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      throw new BadServeOptionException(
          "--token-file: expected a text file with the token in its first line at "
              + file
              + ", found "
              + (Files.exists(file) ? "one that cannot be read" : "none")
              + "; write it, or set $"
              + VARIABLE);
    }
  }

  /** Whether nobody knows it yet. */
  boolean isDrawn() {
    return drawn;
  }

  /** Whether {@code shown} is the token; takes as long whatever is shown. */
  boolean isShownBy(String shown) {
    return MessageDigest.isEqual(digest(secret), digest(shown));
  }

  /** What a browser keeps in its place, which does not give it away. */
  String cookie() {
    return HexFormat.of().formatHex(digest("cookie of " + secret));
  }

  /** Whether {@code shown} is the cookie; takes as long whatever is shown. */
  boolean isKeptAs(String shown) {
    return MessageDigest.isEqual(digest(cookie()), digest(shown));
  }

  /** The token itself, for the one line that tells it and for a client that shows it. */
  public String secret() {
    return secret;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
