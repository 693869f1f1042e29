/** The one way data becomes JSON here. */
package io.tombola.protocol.json;
