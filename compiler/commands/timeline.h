/* The timeline after an event (guiju graph --from). */
#ifndef GUIJU_COMMANDS_TIMELINE_H
#define GUIJU_COMMANDS_TIMELINE_H
#include "commands/command.h"
#include "draw/drawings.h"

/* Adds its list. EXIT_USAGE: the event is not taken, or a name or day is wrong; what it is has been written. */
enum exit_status command_timeline(struct compiler *c, const struct streams *to, picture_lists *lists);

#endif
