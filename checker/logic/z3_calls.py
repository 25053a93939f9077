"""Z3's C functions, called with plain numbers.

Its Python interface converts every argument in Python, and asks for errors after every call; that takes
longer than most of the calls that redline makes. Here, a result that is None says that something was wrong.
"""

from __future__ import annotations

import ctypes
import inspect
import os
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, TypeAlias

import z3

Ast: TypeAlias = int
"""A term of Z3, by its address in the context in which it was made."""

_Type: TypeAlias = type[ctypes.c_void_p | ctypes.c_uint | ctypes.c_int | ctypes.c_bool]

_POINTER: Final = ctypes.c_void_p
_NUMBER: Final = ctypes.c_uint

_KEEPING: Final = ((-1, 64 << 20), (-3, 32 << 20))
"""Of <malloc.h>: M_TRIM_THRESHOLD, how many freed bytes stay with the process, and M_MMAP_THRESHOLD, the size
of blocks that are given back one by one.
"""

_KEPT: Final = 20 << 20  # bytes: a context, and what a question needs besides


@cache
def keep_memory() -> None:
    """From now on, keep some of the memory that is freed, where the C library is GNU's.

    Solvers have contexts of their own, of 16 megabytes each. To get these from the system anew takes three
    times as long as all else that a context needs.
    """
    set_option = _of_c_library("mallopt")
    if set_option is not None:
        for option, value in _KEEPING:
            set_option(option, value)


def give_memory_back() -> None:
    """Give the memory back that is free, but for what the next solver takes at once."""
    trim = _of_c_library("malloc_trim")
    if trim is not None:
        trim(ctypes.c_size_t(_KEPT))


@cache
def _of_c_library(name: str) -> Callable[..., object] | None:
    """A function that GNU's C library has; None where another one is."""
    library = ctypes.CDLL(None) if os.name == "posix" else None
    found: Callable[..., object] | None = getattr(library, name, None)
    return found


def _function(wrapper: Callable[..., object], result: _Type | None, *arguments: _Type) -> Callable[..., int]:
    """The C function that a function of the Python interface wraps. It is quick: nothing else runs then."""
    found: Callable[..., int] = ctypes.PYFUNCTYPE(result, _POINTER, *arguments)(_address(wrapper))
    return found


def _numeral(wrapper: Callable[..., object]) -> Callable[..., bytes | None]:
    """A C function that gives the text of a term."""
    found: Callable[..., bytes | None] = ctypes.PYFUNCTYPE(ctypes.c_char_p, _POINTER, _POINTER)(
        _address(wrapper)
    )
    return found


def _address(wrapper: Callable[..., object]) -> int:
    """Where the C function is that a function of the Python interface wraps."""
    wrapped = inspect.signature(wrapper).parameters["_elems"].default.f
    address = ctypes.cast(wrapped, _POINTER).value
    assert address is not None
    return address


MK_TRUE: Final = _function(z3.Z3_mk_true, _POINTER)
MK_FALSE: Final = _function(z3.Z3_mk_false, _POINTER)
MK_NOT: Final = _function(z3.Z3_mk_not, _POINTER, _POINTER)
MK_EQ: Final = _function(z3.Z3_mk_eq, _POINTER, _POINTER, _POINTER)
MK_ITE: Final = _function(z3.Z3_mk_ite, _POINTER, _POINTER, _POINTER, _POINTER)
MK_AND: Final = _function(z3.Z3_mk_and, _POINTER, _NUMBER, _POINTER)
MK_OR: Final = _function(z3.Z3_mk_or, _POINTER, _NUMBER, _POINTER)
MK_APP: Final = _function(z3.Z3_mk_app, _POINTER, _POINTER, _NUMBER, _POINTER)
MK_DISTINCT: Final = _function(z3.Z3_mk_distinct, _POINTER, _NUMBER, _POINTER)
MK_NUMBER: Final = _function(z3.Z3_mk_unsigned_int, _POINTER, _NUMBER, _POINTER)
MK_AT_LEAST: Final = _function(z3.Z3_mk_bvuge, _POINTER, _POINTER, _POINTER)
MK_AT_MOST: Final = _function(z3.Z3_mk_bvule, _POINTER, _POINTER, _POINTER)
MK_SUM: Final = _function(z3.Z3_mk_add, _POINTER, _NUMBER, _POINTER)
MK_PRODUCT: Final = _function(z3.Z3_mk_mul, _POINTER, _NUMBER, _POINTER)
MK_QUOTIENT: Final = _function(z3.Z3_mk_div, _POINTER, _POINTER, _POINTER)
MK_NO_MORE: Final = _function(z3.Z3_mk_le, _POINTER, _POINTER, _POINTER)
_BOUND: Final = (_NUMBER, _NUMBER, _POINTER, _NUMBER, _POINTER, _POINTER)
MK_EXISTS: Final = _function(z3.Z3_mk_exists_const, _POINTER, *_BOUND)
MK_FORALL: Final = _function(z3.Z3_mk_forall_const, _POINTER, *_BOUND)
ASSERT: Final = _function(z3.Z3_solver_assert, None, _POINTER, _POINTER)
_EVAL: Final = _function(z3.Z3_model_eval, ctypes.c_bool, _POINTER, _POINTER, ctypes.c_bool, _POINTER)
_TRUTH: Final = _function(z3.Z3_get_bool_value, ctypes.c_int, _POINTER)
_UNSIGNED: Final = _function(z3.Z3_get_numeral_uint, ctypes.c_bool, _POINTER, _POINTER)
_NUMERAL: Final = _numeral(z3.Z3_get_numeral_string)
IDENTITY: Final = _function(z3.Z3_get_ast_id, _NUMBER, _POINTER)

_COMPLETED: Final = True  # terms that a model leaves open get a value, too
_ARRAYS: Final = tuple(_POINTER * size for size in range(9))


def array(asts: Sequence[Ast]) -> ctypes.Array[ctypes.c_void_p]:
    """Terms, as C takes them."""
    size = len(asts)
    return (_ARRAYS[size] if size < len(_ARRAYS) else _POINTER * size)(*asts)


class Values:
    """What terms are worth in a model."""

    def __init__(self, model: z3.ModelRef) -> None:
        self._kept = model  # as long as it is asked
        self._context, self._model = model.ctx.ref().value, model.model.value
        self._found, self._number = _POINTER(), _NUMBER()
        self._at, self._number_at = ctypes.addressof(self._found), ctypes.addressof(self._number)

    def __call__(self, term: Ast) -> Ast:
        """The value of the term, as a term."""
        if not _EVAL(self._context, self._model, term, _COMPLETED, self._at) or self._found.value is None:
            raise z3.Z3Exception("a term has no value in a model")
        return self._found.value

    def holds(self, formula: Ast) -> bool:
        """Whether a formula holds, for sure."""
        return bool(_TRUTH(self._context, self(formula)) == z3.Z3_L_TRUE)

    def number(self, term: Ast) -> int:
        """The value of a bit vector."""
        if not _UNSIGNED(self._context, self(term), self._number_at):
            raise z3.Z3Exception("the value of a term is no number")
        return self._number.value

    def integer(self, term: Ast) -> str:
        """The numeral of the value of a whole number."""
        found: bytes | None = _NUMERAL(self._context, self(term))
        if not found:
            raise z3.Z3Exception("the value of a term is no number")
        return found.decode()

    def thing(self, term: Ast) -> int:
        """What identifies the value of a term among those of its sort."""
        return IDENTITY(self._context, self(term))
