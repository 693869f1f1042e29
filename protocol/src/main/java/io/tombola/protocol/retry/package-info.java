/** How long to wait between attempts. */
package io.tombola.protocol.retry;
