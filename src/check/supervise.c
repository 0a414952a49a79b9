#include "check/supervise.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pool.h"
#include "base/sanitizer.h"

#include "base/banned.h"

enum { MOST_CRASHES = 1000, SIGNAL_STACK = 64 * 1024 };

static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { STOP_COUNT = sizeof stop_signals / sizeof *stop_signals };

#ifdef __SANITIZE_ADDRESS__
/* AddressSanitizer would unmap our signal stacks as its own. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "use_sigaltstack=0";
}
#endif

/* What a worker is on. */
typedef struct {
    atomic_bool reading;
    atomic_bool crashed; /* set by the signal handler, on the thread that got the signal */
    uint32_t file, offset;
    _Alignas(64) char signal_stack[SIGNAL_STACK];
} Slot;

typedef struct {
    uint32_t file, offset;
    int signal_number;
} Crash;

struct Supervisor {
    Slot slots[POOL_MOST_WORKERS];
    Crash crashes[MOST_CRASHES];
    size_t crash_count;
    uint32_t turn; /* differs between readings of the same file */
    bool alone;    /* one worker only */
    atomic_bool finished;
    int status;
    atomic_bool has_file;
    char file[PATH_MAX]; /* half written: it goes when the child dies */
};

static _Thread_local Slot *own_slot;
static volatile sig_atomic_t child_process;
static Supervisor *own_supervisor;

/* On a stack of its own: the usual crash is an overflow of the other one. The handler was reset on
 * entry, so raising the signal again ends the process by it. */
static void on_crash(int signal_number)
{
    if (own_slot && atomic_load(&own_slot->reading)) {
        atomic_store(&own_slot->crashed, true);
    }
    raise(signal_number);
}

static int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

static void remove_half_written(Supervisor *supervisor)
{
    if (atomic_exchange(&supervisor->has_file, false)) {
        unlink(supervisor->file);
    }
}

/* The child has no time to clean up, so it is done for it. */
static void on_stop(int signal_number)
{
    if (child_process > 0) {
        kill((pid_t)child_process, SIGKILL);
        wait_for((pid_t)child_process);
        remove_half_written(own_supervisor);
    }
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* Unless it is ignored, as nohup and a shell's background jobs have it. */
static void catch_stop(int signal_number)
{
    struct sigaction old;
    struct sigaction stop = {.sa_handler = on_stop};
    sigfillset(&stop.sa_mask);
    if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler != SIG_IGN) {
        sigaction(signal_number, &stop, NULL);
    }
}

static void catch_crashes(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    struct sigaction action = {.sa_handler = on_crash,
                               .sa_flags = SA_ONSTACK | (int)SA_RESETHAND | SA_NODEFER};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        sigaction(signals[i], &action, NULL);
    }
}

/* A signal stack for the calling worker, once. */
static void enter_thread(Slot *slot)
{
    if (own_slot == slot) {
        return;
    }
    own_slot = slot;
    stack_t stack = {.ss_size = SIGNAL_STACK, .ss_sp = slot->signal_stack};
    sigaltstack(&stack, NULL);
}

void supervisor_turn(Supervisor *supervisor, uint32_t turn)
{
    supervisor->turn = turn << 30;
}

bool supervisor_enter(Supervisor *supervisor, size_t worker, uint32_t file, uint32_t offset,
                      int *signal_number)
{
    file ^= supervisor->turn;
    for (size_t i = 0; i < supervisor->crash_count; i++) {
        const Crash *crash = &supervisor->crashes[i];
        if (crash->file == file && crash->offset == offset) {
            *signal_number = crash->signal_number;
            return false;
        }
    }
    Slot *slot = &supervisor->slots[worker];
    enter_thread(slot);
    slot->file = file;
    slot->offset = offset;
    atomic_store(&slot->reading, true);
    return true;
}

void supervisor_leave(Supervisor *supervisor, size_t worker)
{
    atomic_store(&supervisor->slots[worker].reading, false);
}

void supervisor_writes(Supervisor *supervisor, Str path)
{
    if (!supervisor) {
        return;
    }
    atomic_store(&supervisor->has_file, false);
    if (path.len && path.len < sizeof supervisor->file) {
        memcpy(supervisor->file, path.at, path.len);
        supervisor->file[path.len] = '\0';
        atomic_store(&supervisor->has_file, true);
    }
}

size_t supervisor_most_workers(const Supervisor *supervisor)
{
    return supervisor->alone ? 1 : POOL_MOST_WORKERS;
}

/* The slot to blame for the child's death: the one that crashed, or the only one that was reading.
 */
static const Slot *find_culprit(const Supervisor *supervisor)
{
    const Slot *culprit = NULL;
    size_t reading = 0;
    for (size_t i = 0; i < POOL_MOST_WORKERS; i++) {
        const Slot *slot = &supervisor->slots[i];
        if (atomic_load(&slot->crashed)) {
            return slot;
        }
        if (atomic_load(&slot->reading)) {
            culprit = slot;
            reading++;
        }
    }
    return reading == 1 ? culprit : NULL;
}

/* After a death by `signal_number`: is there something to do differently in another run? */
static bool learn(Supervisor *supervisor, int signal_number)
{
    const Slot *culprit = find_culprit(supervisor);
    if (culprit && supervisor->crash_count < MOST_CRASHES) {
        supervisor->crashes[supervisor->crash_count++] = (Crash){
            .file = culprit->file, .offset = culprit->offset, .signal_number = signal_number};
    } else if (culprit || supervisor->alone) {
        return false;
    } else {
        supervisor->alone = true;
    }
    for (size_t i = 0; i < POOL_MOST_WORKERS; i++) {
        atomic_store(&supervisor->slots[i].reading, false);
        atomic_store(&supervisor->slots[i].crashed, false);
    }
    return true;
}

static pid_t start_child(int (*work)(void *context, Supervisor *supervisor), void *context,
                         Supervisor *supervisor)
{
    pid_t parent = getpid();
    fflush(NULL);
    pid_t child = fork();
    if (child != 0) {
        return child;
    }
    for (size_t i = 0; i < STOP_COUNT; i++) {
        struct sigaction action;
        sigaction(stop_signals[i], NULL, &action);
        if (action.sa_handler != SIG_IGN) {
            signal(stop_signals[i], SIG_DFL);
        }
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody is left to print for */
    if (getppid() != parent) {
        _exit(2);
    }
    catch_crashes();
    supervisor->status = work(context, supervisor);
    fflush(NULL);
    atomic_store(&supervisor->finished, true);
    exit(supervisor->status);
}

static int fail(const char *message)
{
    fprintf(stderr, "ringfence: error: %s\n", message);
    return 2;
}

/* Ends as the child did, if that was nothing that the child did itself. */
static void follow(int signal_number)
{
    bool stopped = signal_number == SIGPIPE; /* the reader went away: end as any filter does */
    for (size_t i = 0; i < STOP_COUNT; i++) {
        stopped |= signal_number == stop_signals[i];
    }
    if (stopped) {
        signal(signal_number, SIG_DFL);
        raise(signal_number);
    }
}

/* Waits for the child; true when another one is worth a try, else *status is the run's. */
static bool try_again(Supervisor *supervisor, int *status)
{
    int ended = wait_for((pid_t)child_process);
    child_process = 0;
    if (WIFEXITED(ended)) { /* unless it finished, it gave up by itself and said why */
        bool finished = atomic_load(&supervisor->finished);
        *status = finished || WEXITSTATUS(ended) > 2 ? WEXITSTATUS(ended) : 2;
        return false;
    }
    remove_half_written(supervisor);
    follow(WTERMSIG(ended));
    if (WTERMSIG(ended) == SIGKILL) {
        *status = fail("the worker process was killed (SIGKILL); was the memory used up?");
        return false;
    }
    if (!learn(supervisor, WTERMSIG(ended))) {
        *status = fail(supervisor->crash_count < MOST_CRASHES
                           ? "the worker process died, and no statement is to blame"
                           : "the parser crashed on too many statements");
        return false;
    }
    return true;
}

int supervise(int (*work)(void *context, Supervisor *supervisor), void *context)
{
    Supervisor *supervisor =
        mmap(NULL, sizeof *supervisor, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (supervisor == MAP_FAILED) {
        return fail("no shared memory for the worker process");
    }
    own_supervisor = supervisor;
    for (size_t i = 0; i < STOP_COUNT; i++) {
        catch_stop(stop_signals[i]);
    }
    int status;
    do {
        pid_t child = start_child(work, context, supervisor);
        child_process = child;
        if (child < 0) {
            status = fail("the worker process could not be started");
            break;
        }
    } while (try_again(supervisor, &status));
    munmap(supervisor, sizeof *supervisor);
    return status;
}
