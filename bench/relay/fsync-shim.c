/*
 * Loaded before libc: counts what a process makes durable and can make each fsync slower, as on the disks of clouds.
 * The counters lie in a file that several processes map: microseconds that each fsync waits longer, fsyncs so far,
 * commits to SQLite's write-ahead log so far.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct counters {
  _Atomic uint64_t delay_us;
  _Atomic uint64_t syncs;
  _Atomic uint64_t wal_commits;
};
static struct counters *counters;
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);

__attribute__((constructor)) static void begin(void) {
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_pwrite64 = dlsym(RTLD_NEXT, "pwrite64");
  const char *path = getenv("FSYNC_COUNTERS");
  int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof(struct counters), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) counters = mapped;
  close(fd);
}

static void count_and_wait(void) {
  if (!counters) return;
  atomic_fetch_add(&counters->syncs, 1);
  uint64_t delay = atomic_load(&counters->delay_us);
  if (!delay) return;
  struct timespec rest = {delay / 1000000, (delay % 1000000) * 1000};
  while (nanosleep(&rest, &rest) != 0) {
  }
}

int fsync(int fd) {
  count_and_wait();
  return real_fsync(fd);
}

int fdatasync(int fd) {
  count_and_wait();
  return real_fdatasync(fd);
}

/* A frame of the write-ahead log has a header of 24 bytes; bytes 4 to 7 are not zero in the frame that commits. */
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  const unsigned char *bytes = data;
  if (counters && size == 24 && (bytes[4] | bytes[5] | bytes[6] | bytes[7])) atomic_fetch_add(&counters->wal_commits, 1);
  return real_pwrite64(fd, data, size, offset);
}
