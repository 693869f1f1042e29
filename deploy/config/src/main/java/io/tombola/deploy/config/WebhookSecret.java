package io.tombola.deploy.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks 1.0 defines: HMAC-SHA256 over id, time and body. Immutable
 * and thread-safe.
 */
public final class WebhookSecret {

  /** The environment variable with the secret. */
  public static final String VARIABLE = "TOMBOLA_WEBHOOK_SECRET";

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
  }

  /**
   * The secret that a text means: {@code whsec_} and Base64, or any other text as it is.
   *
   * @throws IllegalArgumentException if there is nothing, or no Base64, after {@code whsec_}
   */
  public static WebhookSecret of(String text) {
    byte[] key =
        text.startsWith(PREFIX)
            ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
            : text.getBytes(StandardCharsets.UTF_8);
    if (key.length == 0) {
      throw new IllegalArgumentException("expected a secret, found an empty one");
    }
    return new WebhookSecret(key);
  }

  /**
   * The value of the header {@code webhook-signature}.
   *
   * @param seconds since 1970
   */
  public String sign(String id, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
