/** The hash that names artifacts, chains events and derives seeds. */
package io.tombola.protocol.hash;
