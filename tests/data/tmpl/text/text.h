/* Stands in for the program's text.h: compiled templates include it. */
#pragma once
