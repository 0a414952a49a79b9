#ifndef RINGFENCE_BASE_SANITIZER_H
#define RINGFENCE_BASE_SANITIZER_H

/* clang tells about sanitizers in another way than gcc. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#if __has_feature(thread_sanitizer) && !defined(__SANITIZE_THREAD__)
#define __SANITIZE_THREAD__ 1
#endif
#endif

#endif
