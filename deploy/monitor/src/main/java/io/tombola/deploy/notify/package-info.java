/** Sends webhook notifications about a campaign. */
package io.tombola.deploy.notify;
