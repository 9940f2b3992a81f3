/** Does template.yaml say what the code, the playbook, the events and the docs say? */
@NullMarked
package io.memberday.local.template;

import org.jspecify.annotations.NullMarked;
