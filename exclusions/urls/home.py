"""The start page."""

from django.urls import path

from exclusions.views.public import home

urlpatterns = [path("", home.home, name="home"), path("start/", home.start, name="start")]
