/** What every process of this program begins with. */
package io.tombola.deploy.process;
