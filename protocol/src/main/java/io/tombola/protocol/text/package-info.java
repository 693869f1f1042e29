/** Texts for users and logs. */
package io.tombola.protocol.text;
