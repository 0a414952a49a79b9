# ringfence: `make demo` and `make check` are the two commands; each installs what is missing first.
#
#   make            build build/ringfence           make check      install, build, run every test
#   make demo       lint examples/shop              make bench      time it against the parser alone
#   make install    PREFIX=/usr/local DESTDIR=      make fuzz       fuzz each target for FUZZ_SECONDS
#   make format     clang-format the tree           make clean
#
#   SAN=address,undefined or SAN=thread builds with sanitizers, into a folder of its own; BUILD=build/clang CC=clang
#   with another compiler.
#   make check UPDATE=1 rewrites the golden files; read the diff.

CC ?= cc
PREFIX ?= /usr/local
SAN ?=
FUZZ_SECONDS ?= 60
VERSION := $(shell sed -n 's/^## \[\([0-9][^]]*\)\].*/\1/p' CHANGELOG.md | head -n 1)

comma := ,
BUILD := build$(if $(SAN),/san-$(subst $(comma),-,$(SAN)))

# V=1 shows the commands.
Q := $(if $(V),,@)
show = $(if $(V),,@echo '  $(1)')

LINKED := libgit2 jansson libfyaml
PACKAGES := $(LINKED) libpq # loaded when it is needed: src/database/library.c
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
OPTIMISE ?= -O3
CFLAGS ?= $(OPTIMISE) -g
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(WARNINGS) $(CFLAGS) $(if $(SAN),-fno-omit-frame-pointer) -pthread \
	$(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all) -Isrc -I. \
	$(if $(PG_QUERY_ARCHIVE),-DPG_QUERY_ARCHIVE) \
	-DRINGFENCE_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(PACKAGES))
# Linked statically where the archive is there: no relocations at the start, no indirect calls in the parser.
# There src/sql/print.c takes the place of its printf.
PG_QUERY_ARCHIVE := $(shell $(CC) -print-file-name=libpg_query.a | grep /)
PG_QUERY := $(if $(PG_QUERY_ARCHIVE),-l:libpg_query.a -Wl$(comma)--wrap=appendStringInfo \
	-Wl$(comma)--wrap=appendStringInfoString,-lpg_query)
LIBS = $(PG_QUERY) $(shell pkg-config --libs $(LINKED)) -ldl -lm

SOURCES := $(sort $(filter-out src/main.c,$(wildcard src/*/*.c)) $(wildcard rules/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/generated/pages.o $(BUILD)/generated/grants.o \
	$(BUILD)/generated/audit.o
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*_test.c))
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
PAGES := $(sort $(wildcard rules/*.md))

.PHONY: all demo check bench fuzz install format clean dependencies test-dependencies tests FORCE
.SECONDARY:
.DELETE_ON_ERROR:

all: $(BUILD)/ringfence

demo: dependencies
	@$(MAKE) --no-print-directory -j$$(nproc) $(BUILD)/ringfence
	@ci/demo $(BUILD)/ringfence

check: test-dependencies
	@$(MAKE) --no-print-directory -j$$(nproc) tests
	@tests/run $(BUILD)

bench: test-dependencies
	@$(MAKE) --no-print-directory all $(BUILD)/bench/floor $(BUILD)/bench/read
	@tests/bench/run $(BUILD)

fuzz: test-dependencies
	@tests/fuzz/run $(FUZZ_SECONDS)

tests: $(BUILD)/ringfence $(UNIT_TESTS) $(FUZZ_TARGETS) $(BUILD)/oracle/plpgsql $(BUILD)/oracle/literals

dependencies:
	@ci/install-deps

test-dependencies:
	@ci/install-deps --test

$(BUILD)/ringfence: $(BUILD)/src/main.o $(OBJECTS)
	$(call show,ld $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(OBJECTS)
	@mkdir -p $(@D)
	$(call show,ld $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

$(BUILD)/bench/floor: tests/bench/floor.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call show,ld $@)
	$(Q)$(CC) $(CFLAGS) -std=c17 -Wall -Wextra -o $@ $< -lpg_query

$(BUILD)/bench/read: tests/bench/read.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call show,ld $@)
	$(Q)$(CC) $(CFLAGS) -std=c17 -Wall -Wextra -o $@ $<

$(BUILD)/oracle/plpgsql: $(BUILD)/tests/oracle/plpgsql/plpgsql.o $(OBJECTS)
	@mkdir -p $(@D)
	$(call show,ld $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# Prints what the lexers see, for the literal oracle.
$(BUILD)/oracle/literals: $(BUILD)/tests/oracle/literals/dump.o $(OBJECTS)
	@mkdir -p $(@D)
	$(call show,ld $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay.o $(OBJECTS)
	@mkdir -p $(@D)
	$(call show,ld $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call show,cc $<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/generated/%.o: $(BUILD)/generated/%.c $(BUILD)/flags
	$(call show,cc $<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The rules' pages and the manifest's schema, for `ringfence explain`.
$(BUILD)/generated/pages.c: ci/embed-pages $(PAGES)
	@mkdir -p $(@D)
	$(Q)ci/embed-pages $(PAGES) > $@

# What runs on a server.
$(BUILD)/generated/grants.c: ci/embed-sql $(wildcard src/grants/*.sql)
	@mkdir -p $(@D)
	$(Q)ci/embed-sql grants $(wildcard src/grants/*.sql) > $@

$(BUILD)/generated/audit.c: ci/embed-sql $(wildcard src/audit/*.sql)
	@mkdir -p $(@D)
	$(Q)ci/embed-sql audit $(wildcard src/audit/*.sql) > $@

# A changed compiler, flag or version rebuilds everything.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(ALL_CFLAGS))' | cmp -s - $@ || \
		echo '$(CC) $(subst ','\'',$(ALL_CFLAGS))' > $@

install: $(BUILD)/ringfence
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/ringfence
	install -m 755 $(BUILD)/ringfence $(DESTDIR)$(PREFIX)/bin/ringfence
	install -m 644 schema/ringfence.schema.json $(DESTDIR)$(PREFIX)/share/ringfence/

format:
	clang-format -i $$(git ls-files -co --exclude-standard 'src/*.[ch]' 'rules/*.[ch]' 'tests/*.[ch]' \
	    ':!tests/lexer' ':!tests/fixtures') # what those two hold is read, not compiled

clean:
	rm -rf build

-include $(wildcard $(BUILD)/src/*.d $(BUILD)/src/*/*.d $(BUILD)/rules/*.d $(BUILD)/tests/*/*.d $(BUILD)/tests/*/*/*.d)
